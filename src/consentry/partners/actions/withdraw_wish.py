"""A school takes its wish back."""

from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.models import AppWish
from consentry.partners.wishing import move_wish
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.pages import Page
from consentry.rules.wish_life import WishMove
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def withdraw_wish(site: Site, wish_id: int, *, by: Account, at: datetime) -> AppWish:
    """Nobody looks at it any more; a company that was not told yet is not told.

    Raises WishRefusedError for one that has ended, NotPermittedError for somebody who may not decide on apps there,
    AppWish.DoesNotExist for another site's too.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, at.date())
        wish = AppWish.objects.select_for_update(no_key=True).get(school=site, id=wish_id)
        move_wish(wish, WishMove.WITHDRAW)
        this.record(EventName.WISH_WITHDRAWN, wish)
    return wish
