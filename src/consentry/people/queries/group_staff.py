"""The people of a trust and which of its schools each may sign in to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Lower

from consentry.people.models import Account
from consentry.people.queries.from_trust import reach_of
from consentry.people.queries.permissions import accounts_permitted
from consentry.people.queries.users import with_names
from consentry.rules.permissions import Permission
from consentry.rules.reach import SchoolAccess, SchoolReach
from consentry.schools.models import Site
from consentry.schools.queries import school_id, schools_of


@dataclass(frozen=True)
class StaffMember:
    """One account at a trust's site; `may_sign_in` says whether it holds the permission to sign in to schools today.

    `name` is the e-mail of somebody invited who has not signed in there yet (see `with_names`).
    """

    id: int
    name: str
    email: str
    enabled: bool
    reach: SchoolReach
    may_sign_in: bool


def group_staff(trust: Site, on: date) -> list[StaffMember]:
    """The trust's accounts by name. Three queries."""
    accounts = (
        with_names(Account.objects.filter(school=trust, trust=None))
        .select_related("user")
        .order_by(Lower("shown_name"), "id")
    )
    reached = accounts.filter(school_access=SchoolAccess.SOME, reached_schools__reached__trust=trust)
    schools: dict[int, set[int]] = {}
    for account, school in reached.order_by().values_list("id", "reached_schools__reached"):
        schools.setdefault(account, set()).add(school)
    permitted = set(
        accounts_permitted(school_id(trust), [Permission.GROUP_LOGIN_TO_SCHOOLS], on).values_list("id", flat=True)
    )
    return [
        _member(each, SchoolReach(SchoolAccess(each.school_access), frozenset(schools.get(each.id, ()))), permitted)
        for each in accounts
    ]


def member_of_group_staff(trust: Site, account_id: int, on: date) -> StaffMember:
    """The trust's account of this id. Raises Account.DoesNotExist, for another site's too."""
    account = with_names(Account.objects.select_related("user")).get(school=trust, trust=None, id=account_id)
    permitted = accounts_permitted(school_id(trust), [Permission.GROUP_LOGIN_TO_SCHOOLS], on).filter(id=account_id)
    return _member(account, reach_of(account), set(permitted.values_list("id", flat=True)))


def _member(account: Account, reach: SchoolReach, permitted: Collection[int]) -> StaffMember:
    user, name = account.user, account.shown_name  # type: ignore[attr-defined]
    return StaffMember(account.id, name, user.email, account.enabled and user.is_active, reach, account.id in permitted)


def names_of_schools(trust: Site) -> dict[int, str]:
    """The names of the trust's schools by id, in the order of the names."""
    return dict(schools_of(trust).values_list("id", "name"))
