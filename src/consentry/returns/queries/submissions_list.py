"""The list of a school's submissions to a collector: filtered, searched by day, sorted, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from consentry.partners.queries.listing import Page, place_of
from consentry.returns.models import Collector, Submission
from consentry.returns.queries.submissions import submissions_of
from consentry.rules.identity import SchoolId
from consentry.rules.submission_life import SubmissionState

MOST_IN_A_FILE: Final = 10_000
SORTS: Final = {"made": "made_at", "day": "day", "state": "state", "attempts": "attempts"}
"""What the list can be sorted by, and the column."""


@dataclass(frozen=True)
class SaidDay:
    """A day as a person searches for it: "3", "November" or "2025" may be left open."""

    day: int | None
    month: int | None
    year: int | None


@dataclass(frozen=True)
class Asked:
    """Which part of the list. `day` is searched for; None: nothing is, or nothing that is a day (`is_no_day`)."""

    by: str = "made"
    descending: bool = True
    day: SaidDay | None = None
    is_no_day: bool = False
    state: SubmissionState | None = None
    since: timedelta | None = None
    page: int = 1


def list_submissions(school: SchoolId, collector: Collector, asked: Asked, today: date) -> Page[Submission]:
    """The wanted page, without the documents. Two queries, however many there are."""
    found = _found(school, collector, asked, today)
    total = found.count()
    number, place = place_of(asked.page, total)
    return Page(tuple(found[place]), total, number)


def all_submissions(school: SchoolId, collector: Collector, asked: Asked, today: date) -> list[Submission]:
    """All that are wanted, whatever the page, up to MOST_IN_A_FILE. One query."""
    return list(_found(school, collector, asked, today)[:MOST_IN_A_FILE])


def first_made(school: SchoolId, collector: Collector) -> datetime | None:
    """When the first of them all was made; None where none was. One query."""
    first = submissions_of(school, collector).order_by("made_at").values_list("made_at")[:1]
    return first[0][0] if first else None


def _found(school: SchoolId, collector: Collector, asked: Asked, today: date) -> QuerySet[Submission]:
    found = submissions_of(school, collector).defer("document")
    if asked.is_no_day:
        return found.none()
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.since is not None:
        found = found.filter(day__gt=today - asked.since)
    if asked.day:
        parts = {"day__day": asked.day.day, "day__month": asked.day.month, "day__year": asked.day.year}
        found = found.filter(**{part: number for part, number in parts.items() if number is not None})
    by, way = SORTS[asked.by], "-" if asked.descending else ""
    return found.order_by(f"{way}{by}", f"{way}made_at", f"{way}id")
