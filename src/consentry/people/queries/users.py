"""The people of a site: every account there, found, sorted, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Lower

from consentry.people.models import Account, Invitation, Outcome, RoleAssignment, SignIn, UserType
from consentry.people.queries.permissions import current
from consentry.schools.models import Site

A_PAGE = 25


class SortedBy(StrEnum):
    """What the list of users can be sorted by."""

    NAME = "name"
    EMAIL = "email"
    TYPE = "type"
    LAST_SIGN_IN = "last-sign-in"


@dataclass(frozen=True)
class Wanted:
    """Which part of the list: `q` is looked for in names and e-mails, `role` is held today, pages count from 1."""

    q: str = ""
    user_type: UserType | None = None
    enabled: bool | None = None
    role: int | None = None
    sorted_by: SortedBy = SortedBy.NAME
    descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class Listed:
    """One account in the list. `name` is the e-mail of somebody invited who has not signed in here yet."""

    id: int
    name: str
    email: str
    user_type: UserType
    trust: str
    roles: tuple[str, ...]
    enabled: bool
    is_invited: bool
    last_sign_in: datetime | None


@dataclass(frozen=True)
class ListedPage:
    """A page of the list: its rows, how many there are on all pages, its number (the last for one past it)."""

    rows: tuple[Listed, ...]
    total: int
    number: int


def list_users(site: Site, wanted: Wanted, on: date) -> ListedPage:
    """The wanted page of the site's accounts. Three queries, however many there are."""
    found = _found(site, wanted, on)
    total = found.count()
    number = min(max(wanted.page, 1), max(1, -(-total // A_PAGE)))
    start = (number - 1) * A_PAGE
    return ListedPage(tuple(_listed(each) for each in _rows(found, wanted, on)[start : start + A_PAGE]), total, number)


def all_users(site: Site, wanted: Wanted, on: date) -> list[Listed]:
    """All of the wanted list, whatever its page. Two queries."""
    return [_listed(each) for each in _rows(_found(site, wanted, on), wanted, on)]


def account_of_site(site: Site, account_id: int) -> Account:
    """The account of this number at the site. Raises Account.DoesNotExist for another site's."""
    return Account.objects.select_related("user", "school", "trust").get(id=account_id, school=site)


def account_called(site: Site, email: str) -> Account | None:
    """The site's own account, enabled or not, of who signs in with this e-mail, or None."""
    return Account.objects.select_related("user").filter(school=site, trust=None, user__email__iexact=email).first()


def with_names(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """The accounts, each with `shown_name`, `is_invited` and `last_sign_in`.

    Somebody who was invited from the page may be signing in at other sites already, under a name that this site has
    no business to learn from their address alone: until they sign in here, they go by the address.
    """
    came = SignIn.objects.filter(account=OuterRef("pk"), is_told=True, outcome=Outcome.SIGNED_IN)
    welcome = Invitation.objects.filter(account=OuterRef("pk"), is_welcome=True)
    annotated = accounts.annotate(last_sign_in=Subquery(came.order_by("-at").values("at")[:1]))
    annotated = annotated.annotate(
        is_invited=Case(
            When(Q(last_sign_in=None) & Exists(welcome), then=Value(value=True)), default=Value(value=False)
        )
    )
    known_as = Case(When(is_invited=True, then=F("user__email")), default=F("user__name"), output_field=TextField())
    return annotated.annotate(shown_name=known_as)


def named(site: Site, account_id: int) -> Account:
    """The same as `account_of_site`, with what `with_names` adds."""
    return with_names(Account.objects.select_related("user", "school", "trust")).get(id=account_id, school=site)


def _found(site: Site, wanted: Wanted, on: date) -> QuerySet[Account]:
    found = with_names(Account.objects.filter(school=site))
    if wanted.q:
        found = found.filter(Q(shown_name__icontains=wanted.q) | Q(user__email__icontains=wanted.q))
    if wanted.user_type is not None:
        found = found.filter(user_type=wanted.user_type)
    if wanted.enabled is not None:
        in_use = Q(enabled=True, user__is_active=True)
        found = found.filter(in_use if wanted.enabled else ~in_use)
    if wanted.role is not None:
        found = found.filter(id__in=RoleAssignment.objects.filter(current(on), role=wanted.role).values("account"))
    return found


def _rows(found: QuerySet[Account], wanted: Wanted, on: date) -> QuerySet[Account]:
    today = RoleAssignment.objects.filter(current(on)).select_related("role").order_by("role__name")
    keys: dict[SortedBy, Lower | F] = {
        SortedBy.NAME: Lower("shown_name"),
        SortedBy.EMAIL: Lower("user__email"),
        SortedBy.TYPE: F("user_type"),
        SortedBy.LAST_SIGN_IN: F("last_sign_in"),
    }
    key = keys[wanted.sorted_by]
    order = key.desc(nulls_last=True) if wanted.descending else key.asc(nulls_last=True)
    held = Prefetch("assignments", queryset=today, to_attr="held_today")
    return found.select_related("user", "trust").prefetch_related(held).order_by(order, "id")


def _listed(account: Account) -> Listed:
    held: list[RoleAssignment] = account.held_today  # type: ignore[attr-defined]
    return Listed(
        id=account.id,
        name=account.shown_name,  # type: ignore[attr-defined]
        email=account.user.email,
        user_type=UserType(account.user_type),
        trust=account.trust.name if account.trust else "",
        roles=tuple(each.role.name for each in held),
        enabled=account.enabled and account.user.is_active,
        is_invited=account.is_invited,  # type: ignore[attr-defined]
        last_sign_in=account.last_sign_in,  # type: ignore[attr-defined]
    )
