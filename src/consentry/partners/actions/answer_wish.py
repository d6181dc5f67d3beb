"""A school says more about its wish: mostly the answer to a question."""

from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_description
from consentry.partners.models import AppWish
from consentry.partners.wishing import add_note, move_wish
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.pages import Page
from consentry.rules.wish_life import WishMove
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def answer_wish(site: Site, wish_id: int, text: str, *, by: Account, at: datetime) -> AppWish:
    """The wish waits for the operator again where they had asked something.

    Raises WishRefusedError for one that has ended, InvalidError for a text that cannot be, NotPermittedError for
    somebody who may not decide on apps there, AppWish.DoesNotExist for another site's too.
    """
    check_description("text", text)
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, at.date())
        wish = AppWish.objects.select_for_update(no_key=True).get(school=site, id=wish_id)
        move_wish(wish, WishMove.ANSWER)
        add_note(this, wish, text, from_school=True)
        this.record(EventName.WISH_ANSWERED, wish)
    return wish
