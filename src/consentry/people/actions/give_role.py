"""Give somebody of a site one of its business roles, with a start and, where wanted, an end."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.people.actions.assign_role import assign_role
from consentry.people.administrators import lock_roles
from consentry.people.models import BusinessRole, RoleAssignment
from consentry.people.party import Party, actor_of, check_gives_until, check_party
from consentry.people.queries.users import account_of_site
from consentry.rules.pages import Page
from consentry.rules.periods import Period
from consentry.rules.permissions import Permission
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def give_role(site: Site, account_id: int, role_id: int, period: Period, *, by: Party, at: datetime) -> RoleAssignment:
    """They hold the role from the start to the end of the period.

    Raises NotPermittedError, CannotGiveError where the role holds what `by` does not, Account.DoesNotExist and
    BusinessRole.DoesNotExist for another site's, InvalidError as `assign_role`.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        roles = lock_roles(site)
        check_party(by, site, Page.PERMISSIONS, today)
        account, role = account_of_site(site, account_id), one_of(roles, role_id)
        check_gives_until(by, held_through(role), today, period.ends_on)
        return assign_role(this, account, role, period)


def one_of(roles: dict[int, BusinessRole], role_id: int) -> BusinessRole:
    """The role of this number. Raises BusinessRole.DoesNotExist for another site's."""
    if role_id not in roles:
        raise BusinessRole.DoesNotExist
    return roles[role_id]


def held_through(role: BusinessRole) -> frozenset[Permission]:
    """What who holds the role may do."""
    return frozenset(Permission(name) for name in role.permissions)
