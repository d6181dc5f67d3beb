"""The Login History: attempts to sign in at a site in the last thirty days, and the last fifty of one account."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Expression
from django.db.models.functions import Lower, TruncDate
from django.utils import timezone

from consentry.people.models import Account, Outcome, SignIn, UserType
from consentry.people.queries.users import with_names
from consentry.rules.identity import SchoolId

DAYS = 30
"""How far back a site's Login History goes, today among them."""

A_PAGE = 25
LAST = 50
"""How many of one person's are shown."""

MOST_IN_A_FILE = 50_000


class SortedBy(StrEnum):
    """What the Login History can be sorted by."""

    WHEN = "when"
    USER = "user"
    TYPE = "type"
    PROVIDER = "provider"
    SECOND_FACTOR = "second-factor"
    ADDRESS = "address"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Wanted:
    """Which part: `q` is looked for in names, e-mails and addresses; `only_failed` is every outcome but signed in."""

    q: str = ""
    user_type: UserType | None = None
    provider: str = ""
    outcome: Outcome | None = None
    only_failed: bool = False
    sorted_by: SortedBy = SortedBy.WHEN
    descending: bool = True
    page: int = 1


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in. Where single sign-on found nobody, `account` is None and name, e-mail and type are empty.

    `trust` is that from which an External Administrator came.
    """

    id: int
    at: datetime
    account: int | None
    name: str
    email: str
    user_type: UserType | None
    trust: str
    provider: str
    second_factor: str
    address: str
    browser: str
    outcome: Outcome


@dataclass(frozen=True)
class Day:
    """How many signed in on a day, and how many attempts failed."""

    day: date
    signed_in: int
    failed: int


@dataclass(frozen=True)
class AttemptsPage:
    """A page of the wanted attempts: its rows, its number (the last for one past it), and the days of all pages."""

    rows: tuple[Attempt, ...]
    number: int
    days: tuple[Day, ...]

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return sum(each.signed_in + each.failed for each in self.days)


def sign_ins_of_site(school: SchoolId, wanted: Wanted, *, at: datetime) -> AttemptsPage:
    """The wanted page of the site's attempts of the last thirty days. Two queries, however many there are."""
    found = _found(school, wanted, at)
    days = _days(found, timezone.localdate(at))
    total = sum(each.signed_in + each.failed for each in days)
    number = min(wanted.page, max(1, -(-total // A_PAGE)))
    start = (number - 1) * A_PAGE
    return AttemptsPage(tuple(_attempts(_sorted(found, wanted)[start : start + A_PAGE])), number, days)


def all_sign_ins_of_site(school: SchoolId, wanted: Wanted, *, at: datetime) -> list[Attempt]:
    """All that are wanted, whatever the page, up to MOST_IN_A_FILE. One query."""
    return list(_attempts(_sorted(_found(school, wanted, at), wanted)[:MOST_IN_A_FILE]))


def sign_ins_of(account: Account) -> list[Attempt]:
    """The account's last fifty attempts, the newest first. One query."""
    own = _with_people(SignIn.objects.filter(account=account))
    return list(_attempts(own.order_by("-at", "-id")[:LAST]))


def _found(school: SchoolId, wanted: Wanted, at: datetime) -> QuerySet[SignIn]:
    first = timezone.localdate(at) - timedelta(days=DAYS - 1)
    begin = timezone.make_aware(datetime.combine(first, time.min))
    found = _with_people(SignIn.objects.filter(school=school, at__gte=begin, at__lte=at))
    if wanted.q:
        q = wanted.q
        found = found.filter(Q(name__icontains=q) | Q(account__user__email__icontains=q) | Q(address__icontains=q))
    if wanted.user_type is not None:
        found = found.filter(user_type=wanted.user_type, account__isnull=False)
    if wanted.provider:
        found = found.filter(provider=wanted.provider)
    if wanted.outcome is not None:
        found = found.filter(outcome=wanted.outcome)
    return found.exclude(outcome=Outcome.SIGNED_IN) if wanted.only_failed else found


def _with_people(rows: QuerySet[SignIn]) -> QuerySet[SignIn]:
    """Each with `name`: what the site may call the person (see `with_names`)."""
    account = with_names(Account.objects.filter(id=OuterRef("account")))
    shown = account.values("shown_name")[:1]  # type: ignore[misc]
    named = rows.annotate(name=Subquery(shown))
    return named.select_related("account__user", "account__trust")


def _sorted(found: QuerySet[SignIn], wanted: Wanted) -> QuerySet[SignIn]:
    keys: dict[SortedBy, Expression | F] = {
        SortedBy.WHEN: F("at"),
        SortedBy.USER: Lower("name"),
        SortedBy.TYPE: F("user_type"),
        SortedBy.PROVIDER: F("provider"),
        SortedBy.SECOND_FACTOR: F("second_factor"),
        SortedBy.ADDRESS: F("address"),
        SortedBy.OUTCOME: F("outcome"),
    }
    key = keys[wanted.sorted_by]
    first = key.desc(nulls_last=True) if wanted.descending else key.asc(nulls_last=True)
    return found.order_by(first, "-at", "-id")


def _days(found: QuerySet[SignIn], today: date) -> tuple[Day, ...]:
    signed_in = Q(outcome=Outcome.SIGNED_IN)
    counted = (
        found.annotate(day=TruncDate("at"))
        .values("day")
        .annotate(signed_in=Count("id", filter=signed_in), failed=Count("id", filter=~signed_in))
        .order_by("day")
        .values_list("day", "signed_in", "failed")
    )
    known = {day: Day(day, came, failed) for day, came, failed in counted}
    all_days = (today - timedelta(days=back) for back in reversed(range(DAYS)))
    return tuple(known.get(day, Day(day, 0, 0)) for day in all_days)


def _attempts(rows: Iterable[SignIn]) -> Iterator[Attempt]:
    for row in rows:
        account = row.account
        yield Attempt(
            id=row.id,
            at=row.at,
            account=row.account_id,
            name=row.name if account else "",  # type: ignore[attr-defined]
            email=account.user.email if account else "",
            user_type=UserType(row.user_type) if account else None,
            trust=account.trust.name if account and account.trust else "",
            provider=row.provider,
            second_factor=row.second_factor,
            address=row.address or "",
            browser=row.browser,
            outcome=Outcome(row.outcome),
        )
