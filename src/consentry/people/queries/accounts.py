"""Who somebody is at a site."""

from collections.abc import Iterable

from django.db.models import F, QuerySet

from consentry.people.models import Account, User
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site


def account_at(user: User, school: SchoolId) -> Account | None:
    """The user's own enabled account at this site, or None. That of an External Administrator is not their own."""
    return in_use().filter(user=user, school=school, trust=None).first()


def external_account_at(user: User, school: SchoolId, trust: Site) -> Account | None:
    """The enabled account with which somebody of this trust is an External Administrator at the school, or None."""
    return in_use().filter(user=user, school=school, trust=trust).first()


def in_use() -> QuerySet[Account]:
    """The accounts that are enabled, of users who are."""
    return Account.objects.filter(enabled=True, user__is_active=True).select_related("user", "school", "trust")


def sites_of(user: User) -> QuerySet[Site]:
    """The sites where this user has an enabled account of their own, by name."""
    enabled = Account.objects.filter(user=user, enabled=True, trust=None).values("school")
    return Site.objects.filter(id__in=enabled).order_by("name")


def has_own_elsewhere(user: User, school: SchoolId | None) -> bool:
    """Whether the user has an account of their own, enabled or not, at another site than this."""
    return Account.objects.filter(user=user, trust=None).exclude(school=school).exists()


def schools_of(user: User) -> list[SchoolId]:
    """Every site where this user has an account, enabled or not, their own or as External Administrator."""
    return [SchoolId(school) for school in Account.objects.filter(user=user).values_list("school_id", flat=True)]


def accounts_by_school(user: User) -> dict[SchoolId, Account]:
    """An account of this user at each of those sites: their own where they have one."""
    rows = Account.objects.filter(user=user).select_related("school").order_by(F("trust").desc(nulls_last=True))
    return {SchoolId(each.school_id): each for each in rows}


def names_of(users: Iterable[int]) -> dict[int, str]:
    """The names of these users, by id."""
    return dict(User.objects.filter(id__in=users).values_list("id", "name"))
