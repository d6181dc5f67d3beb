"""Somebody of a trust changes which of its schools another may sign in to."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.people.acting import acting
from consentry.people.actions.set_school_access import set_school_access
from consentry.people.models import Account
from consentry.people.queries.from_trust import reach_of
from consentry.people.queries.permissions import check_may
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.reach import SchoolReach, check_may_change_reach
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def change_school_access(trust: Site, account_id: int, wanted: SchoolReach, *, by: Account, at: datetime) -> Account:
    """The account, one of the trust's, reaches these of the trust's schools from the next click on.

    Nobody gives or takes away what they do not reach themselves, nor changes their own.
    Raises NotPermittedError; Account.DoesNotExist for another site's; CannotGiveReachError; InvalidError for schools
    that are not the trust's, for "some" without one, and for one's own account.
    """
    with change(actor=acting(by), at=at, school=school_id(trust)) as this:
        check_may(by, trust, Page.GROUP_STAFF, timezone.localdate(at))
        # in the order of ids, so that two who change each other's wait instead of standing in each other's way
        locked = Account.objects.select_for_update(no_key=True, of=("self",)).select_related("user", "school")
        both = {each.id: each for each in locked.filter(id__in={by.id, account_id}, school=trust).order_by("id")}
        if account_id not in both:
            raise Account.DoesNotExist
        account = both[account_id]
        if account.id == by.id:
            raise InvalidError("access", "your own access can be changed by somebody else only")
        check_may_change_reach(reach_of(account), wanted, reach_of(both[by.id]))
        set_school_access(this, account, wanted)
    return account
