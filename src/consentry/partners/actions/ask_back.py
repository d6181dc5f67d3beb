"""The operator asks a school something about its wish."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_description
from consentry.partners.models import AppWish
from consentry.partners.queries.wishes import locked_wish, site_of_wish
from consentry.partners.wishing import add_note, move_wish, tell_who_asked
from consentry.rules.wish_life import WishMove
from consentry.schools.queries import school_id


def ask_back(wish_id: int, question: str, *, by: Actor, at: datetime) -> AppWish:
    """The question stands at the wish, and who asked for the app is told.

    Raises WishRefusedError for one that has ended, InvalidError for a question that cannot be, AppWish.DoesNotExist.
    """
    check_description("text", question)
    site = site_of_wish(wish_id)
    with change(actor=by, at=at, school=school_id(site)) as this:
        wish = locked_wish(wish_id)
        move_wish(wish, WishMove.ASK_BACK)
        add_note(this, wish, question, from_school=False)
        this.record(EventName.WISH_ASKED_BACK, wish)
        tell_who_asked(this, wish, site, f"A question about {wish.app_name}", question)
    return wish
