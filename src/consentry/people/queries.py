"""Who somebody is at a site, and what they may do there."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from consentry.people.models import Account, BusinessRole, Notification, User
from consentry.rules.identity import SchoolId
from consentry.rules.permissions import Permission
from consentry.schools.models import Site


def account_at(user: User, school: SchoolId) -> Account | None:
    """The user's enabled account at this site, or None."""
    return Account.objects.filter(user=user, school=school, enabled=True, user__is_active=True).first()


def sites_of(user: User) -> QuerySet[Site]:
    """The sites where this user has an enabled account, by name."""
    enabled = Account.objects.filter(user=user, enabled=True).values("school")
    return Site.objects.filter(id__in=enabled).order_by("name")


def permissions_of(account: Account, on: date) -> frozenset[Permission]:
    """What the account may do on this day: the permissions of all the roles it then holds, combined."""
    assigned = account.assignments.filter(_current(on)).values_list("role__permissions", flat=True)
    return frozenset(Permission(name) for names in assigned for name in names)


def accounts_permitted(school: SchoolId, permission: Permission, on: date) -> QuerySet[Account]:
    """The enabled accounts of this site that hold the permission on this day."""
    current = Account.objects.filter(
        Q(assignments__ends_on=None) | Q(assignments__ends_on__gte=on),
        school=school,
        enabled=True,
        user__is_active=True,
        assignments__starts_on__lte=on,
        assignments__role__permissions__contains=[permission.value],
    )
    return current.select_related("user").distinct()


def roles_of_site(school: SchoolId) -> dict[str, BusinessRole]:
    """The business roles of this site, by name."""
    return {role.name: role for role in BusinessRole.objects.filter(school=school).order_by("name")}


def _current(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))


def notifications_of(account: Account) -> QuerySet[Notification]:
    """What this account was told, the newest first."""
    return account.notifications.order_by("-made_at", "-id")


def names_of(users: Iterable[int]) -> dict[int, str]:
    """The names of these users, by id."""
    return dict(User.objects.filter(id__in=users).values_list("id", "name"))
