"""The Login History: attempts to sign in at a site in the last thirty days, and the last fifty of one account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils import timezone

from consentry.people.models import Account, Outcome, SignIn, UserType
from consentry.people.queries.users import with_names
from consentry.rules.identity import SchoolId
from consentry.rules.identity_providers import Vouching

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
    """The wanted page of the site's attempts of the last thirty days. Three or four queries, however many there are."""
    found = _found(school, wanted, at)
    days = _days(found.rows, timezone.localdate(at))
    total = sum(each.signed_in + each.failed for each in days)
    number = min(wanted.page, max(1, -(-total // A_PAGE)))
    start = (number - 1) * A_PAGE
    return AttemptsPage(_attempts(_sorted(found, wanted)[start : start + A_PAGE]), number, days)


def all_sign_ins_of_site(school: SchoolId, wanted: Wanted, *, at: datetime) -> tuple[Attempt, ...]:
    """All that are wanted, whatever the page, up to MOST_IN_A_FILE. Two or three queries."""
    return _attempts(_sorted(_found(school, wanted, at), wanted)[:MOST_IN_A_FILE])


def sign_ins_of(account: Account) -> tuple[Attempt, ...]:
    """The account's last fifty attempts of which its site is told, the newest first. Two queries."""
    return _attempts(SignIn.objects.filter(account=account, is_told=True).order_by("-at", "-id")[:LAST])


def own_sign_ins_of(account: Account) -> tuple[Attempt, ...]:
    """All of the last fifty, for the person's own eyes: whoever tried to sign in as them, on the way to any site."""
    return _attempts(SignIn.objects.filter(account=account).order_by("-at", "-id")[:LAST])


def entered(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Those of the accounts with which somebody has come to their site, as far back as sign-ins are kept."""
    came = SignIn.objects.filter(account=OuterRef("pk"), is_told=True, outcome=Outcome.SIGNED_IN)
    return accounts.filter(Exists(came))


def entered_as_themselves(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Those of them whose site is told of every attempt from now on.

    With an account at another site too, somebody has come by a password or a passkey: by its own identity provider a
    site could have come in their place, to be told what they do elsewhere.
    """
    came = SignIn.objects.filter(account=OuterRef("pk"), is_told=True, outcome=Outcome.SIGNED_IN)
    elsewhere = Account.objects.filter(user=OuterRef("user"), trust=None).exclude(school=OuterRef("school"))
    as_themselves = came.exclude(provider__in=list(Vouching))
    return accounts.filter(Exists(as_themselves) | (Exists(came) & ~Exists(elsewhere)))


def has_entered(account: Account) -> bool:
    """Whether somebody has come to the site with this account."""
    return entered(Account.objects.filter(id=account.id)).exists()


@dataclass(frozen=True)
class _Found:
    """The rows that are wanted, in any order, and the site's accounts by the names they go by, if that matters."""

    rows: QuerySet[SignIn]
    by_name: tuple[int, ...] = ()


def _found(school: SchoolId, wanted: Wanted, at: datetime) -> _Found:
    first = timezone.localdate(at) - timedelta(days=DAYS - 1)
    begin = timezone.make_aware(datetime.combine(first, time.min))
    rows = SignIn.objects.filter(school=school, is_told=True, at__gte=begin, at__lte=at)
    by_name: tuple[int, ...] = ()
    if wanted.q or wanted.sorted_by is SortedBy.USER:
        people = _people(Account.objects.filter(school=school))
        by_name = tuple(sorted(people, key=lambda account: people[account].name.casefold()))
        rows = _with_words(rows, wanted.q, people) if wanted.q else rows
    if wanted.user_type is not None:
        rows = rows.filter(user_type=wanted.user_type, account__isnull=False)
    if wanted.provider:
        rows = rows.filter(provider=wanted.provider)
    if wanted.outcome is not None:
        rows = rows.filter(outcome=wanted.outcome)
    return _Found(rows.exclude(outcome=Outcome.SIGNED_IN) if wanted.only_failed else rows, by_name)


@dataclass(frozen=True)
class _Person:
    """What the site may call somebody (see `with_names`), and the trust that they come from."""

    name: str
    email: str
    trust: str


def _people(accounts: QuerySet[Account]) -> dict[int, _Person]:
    """These accounts' people. Asked for by themselves: there are a hundred times as many attempts as accounts."""
    named = with_names(accounts).select_related("user", "trust")
    return {
        each.id: _Person(each.shown_name, each.user.email, each.trust.name if each.trust else "")  # type: ignore[attr-defined]
        for each in named
    }


def _with_words(rows: QuerySet[SignIn], words: str, people: dict[int, _Person]) -> QuerySet[SignIn]:
    looked_for = words.casefold()
    matching = [each for each, person in people.items() if looked_for in f"{person.name}\n{person.email}".casefold()]
    return rows.filter(Q(account__in=matching) | Q(address__icontains=words))


def _sorted(found: _Found, wanted: Wanted) -> QuerySet[SignIn]:
    if wanted.sorted_by is SortedBy.WHEN:
        newest, oldest = ("-at", "-id"), ("at", "id")
        return found.rows.order_by(*(newest if wanted.descending else oldest))
    key = _key(found, wanted.sorted_by)
    first = key.desc(nulls_last=True) if wanted.descending else key.asc(nulls_last=True)
    return found.rows.order_by(first, "-at", "-id")


def _key(found: _Found, by: SortedBy) -> Func | F:
    if by is SortedBy.USER:
        accounts = Value(list(found.by_name), output_field=ArrayField(BigIntegerField()))
        return Func(accounts, F("account"), function="array_position", output_field=IntegerField())
    return F(_COLUMNS[by])


_COLUMNS = {
    SortedBy.TYPE: "user_type",
    SortedBy.PROVIDER: "provider",
    SortedBy.SECOND_FACTOR: "second_factor",
    SortedBy.ADDRESS: "address",
    SortedBy.OUTCOME: "outcome",
}


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


def _attempts(rows: Iterable[SignIn]) -> tuple[Attempt, ...]:
    found = list(rows)
    people = _people(Account.objects.filter(id__in={row.account_id for row in found if row.account_id}))
    return tuple(_attempt(row, people.get(row.account_id or 0)) for row in found)


def _attempt(row: SignIn, person: _Person | None) -> Attempt:
    return Attempt(
        id=row.id,
        at=row.at,
        account=row.account_id,
        name=person.name if person else "",
        email=person.email if person else "",
        user_type=UserType(row.user_type) if person else None,
        trust=person.trust if person else "",
        provider=row.provider,
        second_factor=row.second_factor,
        address=row.address or "",
        browser=row.browser,
        outcome=Outcome(row.outcome),
    )
