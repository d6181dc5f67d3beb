"""The operator declines a school's wish for an app."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_description
from consentry.partners.models import AppWish
from consentry.partners.queries.wishes import locked_wish, site_of_wish
from consentry.partners.wishing import add_note, move_wish, tell_who_asked
from consentry.rules.company_life import Declined
from consentry.rules.wish_life import WishMove
from consentry.schools.queries import school_id


def decline_wish(wish_id: int, reason: Declined, *, note: str = "", by: Actor, at: datetime) -> AppWish:
    """The wish ends, and who asked is told why.

    Raises WishRefusedError for one that has ended, InvalidError for a note that cannot be, AppWish.DoesNotExist.
    Source of the reasons: the seed, "only available to apps that are not competitors".
    """
    if note:
        check_description("note", note)
    site = site_of_wish(wish_id)
    with change(actor=by, at=at, school=school_id(site)) as this:
        wish = locked_wish(wish_id)
        move_wish(wish, WishMove.DECLINE)
        wish.declined_for = reason.value
        wish.save(update_fields=["declined_for"])
        said = f"{reason.label}." + (f"\n\n{note}" if note else "")
        add_note(this, wish, said, from_school=False)
        this.record(EventName.WISH_DECLINED, wish, reason=reason.value)
        tell_who_asked(this, wish, site, f"{wish.app_name} will not become a partner", said)
    return wish
