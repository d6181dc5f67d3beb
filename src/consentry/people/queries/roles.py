"""The business roles of a site, and who holds them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from consentry.people.models import Account, AdHocPermission, BusinessRole, RoleAssignment
from consentry.people.queries.permissions import current
from consentry.people.queries.users import with_names
from consentry.rules.identity import SchoolId
from consentry.rules.permissions import Permission
from consentry.schools.models import Site


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a role today, or will; `account` is their number at the site."""

    account: int
    name: str
    starts_on: date
    ends_on: date | None
    enabled: bool


@dataclass(frozen=True)
class RoleShown:
    """A role, what it holds, who manages it, and who holds it."""

    id: int
    name: str
    permissions: frozenset[Permission]
    managed_by_site: bool
    holders: tuple[Holder, ...]


def roles_of_site(school: SchoolId) -> dict[str, BusinessRole]:
    """The business roles of this site, by name."""
    return {role.name: role for role in BusinessRole.objects.filter(school=school).order_by("name")}


def roles_shown(site: Site, on: date) -> list[RoleShown]:
    """Every role of the site with those who hold it on this day or later, by name. Three queries."""
    return [_shown(role) for role in _with_holders(site, on)]


def role_shown(site: Site, role_id: int, on: date) -> RoleShown:
    """One of them. Raises BusinessRole.DoesNotExist for another site's."""
    return _shown(_with_holders(site, on).get(id=role_id))


def role_choices(site: Site) -> list[tuple[int, str]]:
    """The site's roles by name, as a form offers them."""
    return list(BusinessRole.objects.filter(school=site).order_by("name").values_list("id", "name"))


def assignments_of(account: Account) -> QuerySet[RoleAssignment]:
    """Every role that the account holds, held, or will hold, the latest start first."""
    return account.assignments.select_related("role").order_by("-starts_on", "role__name", "id")


def single_permissions_of(account: Account) -> QuerySet[AdHocPermission]:
    """Every single permission of the account, the latest start first."""
    return account.ad_hoc_permissions.order_by("-starts_on", "permission", "id")


def held_role_name(account: Account, assignment_id: int) -> str:
    """The name of the role that this assignment of the account is of. Raises RoleAssignment.DoesNotExist."""
    return account.assignments.select_related("role").get(id=assignment_id).role.name


def single_permission_name(account: Account, given_id: int) -> str:
    """The single permission of this number. Raises AdHocPermission.DoesNotExist for another account's."""
    return account.ad_hoc_permissions.get(id=given_id).permission


def is_current(held: RoleAssignment | AdHocPermission, on: date) -> bool:
    """Whether it is held on this day."""
    return held.starts_on <= on and (held.ends_on is None or held.ends_on >= on)


def _with_holders(site: Site, on: date) -> QuerySet[BusinessRole]:
    later = RoleAssignment.objects.filter(current(on) | Q(starts_on__gt=on))
    accounts = Prefetch("account", queryset=with_names(Account.objects.select_related("user")))
    held = Prefetch("assignments", queryset=later.prefetch_related(accounts), to_attr="held_now")
    return BusinessRole.objects.filter(school=site).prefetch_related(held).order_by("name")


def _shown(role: BusinessRole) -> RoleShown:
    held: list[RoleAssignment] = role.held_now  # type: ignore[attr-defined]
    holders = [
        Holder(
            each.account_id,
            each.account.shown_name,  # type: ignore[attr-defined]
            each.starts_on,
            each.ends_on,
            each.account.enabled and each.account.user.is_active,
        )
        for each in held
    ]
    return RoleShown(
        role.id,
        role.name,
        frozenset(Permission(name) for name in role.permissions),
        role.managed_by_site,
        tuple(sorted(holders, key=lambda each: (each.name.lower(), each.starts_on))),
    )
