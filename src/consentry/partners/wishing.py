"""What the use cases about wishes share: the locked wish, its next note, telling who asked."""

from consentry.audit.change import Change
from consentry.partners.models import AppWish, WishNote
from consentry.people.actions.notify import notify
from consentry.people.queries.accounts import in_use
from consentry.rules.invalid import InvalidError
from consentry.rules.wish_life import MOST_NOTES, WishMove, WishState, wish_move
from consentry.schools.models import Site


def move_wish(wish: AppWish, by: WishMove) -> None:
    """Bring the locked wish to where the move leads. Raises WishRefusedError for one that cannot be made."""
    wish.state = wish_move(WishState(wish.state), by)
    wish.save(update_fields=["state"])


def add_note(this: Change, wish: AppWish, text: str, *, from_school: bool) -> None:
    """The next step of the wish, for the school and the operator to read. Raises InvalidError when there are too many.

    Source of the limit: ours, so that a page of them stays one.
    """
    if wish.notes.count() >= MOST_NOTES:
        raise InvalidError("text", f"this wish holds {MOST_NOTES} notes already: withdraw it, and ask again")
    WishNote.objects.create(wish=wish, at=this.at, by=this.actor.name, from_school=from_school, text=text)


def tell_who_asked(this: Change, wish: AppWish, site: Site, title: str, text: str) -> None:
    """A notification for who asked, while they have an account at the site."""
    accounts = in_use().filter(school=site, user=wish.asked_by_id)[:1]
    notify(this, accounts, title=title, text=text, path=f"/{site.slug}/directory/wishes/{wish.id}")
