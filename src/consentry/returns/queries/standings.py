"""How collectors stand today, across all schools, and how each school stands with one of them.

Asked across sites by functions of the database (migrations 0002 and 0003).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from consentry.partners.queries.listing import A_PAGE, Page, Wanted, place_of
from consentry.returns.models import Collector
from consentry.returns.queries.collectors import all_collectors
from consentry.rules.submission_life import SubmissionState

SORTS: Final = ("name", "since", "when")
NOTHING: Final = "nothing"
"""Among the states of a day: nothing was made for the school."""

_MOST: Final = 50_000
_KEYS: Final = {"name": "lower(s.name)", "since": "f.given_at", "when": "coalesce(f.ended_at, f.next_at)"}


@dataclass(frozen=True)
class Numbers:
    """Of a day: the consents in force, and what was received, waits and failed; when it received something last."""

    consents: int = 0
    received: int = 0
    waiting: int = 0
    failed: int = 0
    last_received: datetime | None = None


@dataclass(frozen=True)
class AtStake:
    """How many consents would end, and how many submissions that wait would be called off."""

    consents: int
    waiting: int


@dataclass(frozen=True)
class AtSchool:
    """One school: since when it consents (None: it does not), and its newest submission of the day, if there is one.

    `outcome` and `status` are those of the last attempt.
    """

    name: str
    slug: str
    since: datetime | None
    run: str | None
    state: str | None
    ending: str | None
    attempts: int | None
    next_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    status: int | None


def standings(day: date) -> list[tuple[Collector, Numbers]]:
    """Every collector with its numbers of the day, the oldest first. Two queries."""
    told = _rows(
        "select n.collector_id, n.consents, n.received, n.waiting, n.failed, r.received_at "
        "from returns_numbers(%s) n join returns_last_received() r using (collector_id)",
        [day],
    )
    numbers = {number: Numbers(*counts) for number, *counts in told}
    return [(each, numbers.get(each.id, Numbers())) for each in all_collectors()]


def at_stake(collector: Collector) -> AtStake:
    """What ends where it is discontinued."""
    ((consents, waiting),) = _rows("select consents, waiting from returns_at_stake(%s)", [collector.id])
    return AtStake(consents, waiting)


def list_schools(collector: Collector, day: date, wanted: Wanted) -> Page[AtSchool]:
    """The wanted page of the schools that consent, or for which something was made that day.

    Filtered by `today`: a state of a submission, or NOTHING. Two queries.
    """
    which, values = _which(collector, day, wanted)
    ((total,),) = _rows(f"select count(*) {which}", values)
    number, _ = place_of(wanted.page, total)
    rows = _listed(which, wanted, [*values, A_PAGE, (number - 1) * A_PAGE])
    return Page(tuple(rows), total, number)


def all_schools(collector: Collector, day: date, wanted: Wanted) -> Iterator[AtSchool]:
    """All pages of it."""
    which, values = _which(collector, day, wanted)
    return _listed(which, wanted, [*values, _MOST, 0])


def _listed(which: str, wanted: Wanted, values: list[Any]) -> Iterator[AtSchool]:
    order = f"{_KEYS[wanted.by]} {'desc' if wanted.descending else 'asc'} nulls last, s.id"
    columns = "f.given_at, f.run, f.state, f.ending, f.attempts, f.next_at, f.ended_at, f.outcome, f.status"
    asked = f"select s.name, s.slug, {columns} {which} order by {order} limit %s offset %s"
    return (AtSchool(*row) for row in _rows(asked, values))


def _which(collector: Collector, day: date, wanted: Wanted) -> tuple[str, list[Any]]:
    today = wanted.chosen.get("today", "")
    state = today if today in set(SubmissionState) else None
    which = (
        "from returns_schools(%s, %s) f join schools_site s on s.id = f.school_id "
        "where strpos(lower(s.name), lower(%s)) > 0 and coalesce(f.state = %s, %s) "
    )
    if today == NOTHING:
        which += "and f.state is null "
    return which, [collector.id, day, wanted.q, state, state is None]


def _rows(asked: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        return list(cursor.fetchall())
