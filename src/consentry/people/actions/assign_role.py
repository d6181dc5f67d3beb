"""Give an account a business role."""

from django.utils import timezone

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.models import Account, BusinessRole, RoleAssignment, UserType
from consentry.rules.invalid import InvalidError
from consentry.rules.periods import Period, check_period

HOLD_ROLES = (UserType.STAFF,)
"""The user types whose accounts hold business roles."""


def assign_role(this: Change, account: Account, role: BusinessRole, period: Period | None = None) -> RoleAssignment:
    """The account holds the role over the period, or from today on without end; in an open change at their site.

    Raises InvalidError for a guardian, a student or an External Administrator, for a period that cannot be, and where
    the account holds the role over a part of it already.
    """
    today = timezone.localdate(this.at)
    wanted = period or Period(today)
    check_holds_roles(account)
    check_period(wanted, today=today)
    _check_not_held(account, role, wanted)
    assignment = RoleAssignment.objects.create(
        account=account, role=role, starts_on=wanted.starts_on, ends_on=wanted.ends_on
    )
    ends_on = wanted.ends_on.isoformat() if wanted.ends_on else None
    this.record(
        EventName.ROLE_ASSIGNED,
        assignment,
        account=account.id,
        role=role.name,
        starts_on=wanted.starts_on.isoformat(),
        ends_on=ends_on,
    )
    return assignment


def check_holds_roles(account: Account) -> None:
    """Raise InvalidError for an account that can hold no roles and no single permissions."""
    if account.user_type not in HOLD_ROLES:
        kind = account.get_user_type_display()
        raise InvalidError("role", f"{kind}: accounts of this type hold no business roles or permissions")


def _check_not_held(account: Account, role: BusinessRole, wanted: Period) -> None:
    for each in account.assignments.filter(role=role):
        if wanted.overlaps(Period(each.starts_on, each.ends_on)):
            raise InvalidError("role", f"they hold the role {role.name} in that time already")
