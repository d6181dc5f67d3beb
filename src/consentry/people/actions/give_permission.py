"""Give somebody of a site a single permission beside their business roles, for a time."""

from datetime import date, datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.assign_role import check_holds_roles
from consentry.people.administrators import lock_roles
from consentry.people.models import Account, AdHocPermission
from consentry.people.party import Party, actor_of, check_gives_until, check_party
from consentry.people.queries.users import account_of_site
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.periods import Period, check_period
from consentry.rules.permissions import Permission
from consentry.rules.reach import can_be_held_at
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def give_permission(
    site: Site, account_id: int, permission: Permission, period: Period, *, by: Party, at: datetime
) -> AdHocPermission:
    """They may do this from the start to the end of the period, which must have one.

    Raises NotPermittedError, CannotGiveError where `by` does not hold it, Account.DoesNotExist for another site's,
    InvalidError for a period that cannot be or has no end, for a permission that works at no site of this level, and
    where they hold it singly in that time already.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        lock_roles(site)
        check_party(by, site, Page.PERMISSIONS, today)
        account = account_of_site(site, account_id)
        check_holds_roles(account)
        if permission not in can_be_held_at(site.level):
            raise InvalidError("permission", f"“{permission}” does not work at {site.name}")
        ends_on = _end_of(period, today)
        _check_not_held(account, permission, period)
        check_gives_until(by, frozenset({permission}), today, ends_on)
        given = AdHocPermission.objects.create(
            account=account, permission=permission.value, starts_on=period.starts_on, ends_on=ends_on
        )
        this.record(
            EventName.PERMISSION_GIVEN,
            given,
            account=account.id,
            starts_on=period.starts_on.isoformat(),
            ends_on=ends_on.isoformat(),
        )
    return given


def _end_of(period: Period, today: date) -> date:
    check_period(period, today=today)
    if period.ends_on is None:
        raise InvalidError("ends_on", "a single permission needs an end; for one without, use a business role")
    return period.ends_on


def _check_not_held(account: Account, permission: Permission, wanted: Period) -> None:
    for each in account.ad_hoc_permissions.filter(permission=permission.value):
        if wanted.overlaps(Period(each.starts_on, each.ends_on)):
            raise InvalidError("permission", f"they are given “{permission}” in that time already")
