"""What cannot be entered into a school's calendar: by itself, and beside what stands there already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from consentry.rules.school_calendar import CalendarEntry, EntryKind, school_year

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2099, 12, 31)
LONGEST: Final = timedelta(days=366)
"""No period is longer than a school year."""

_OF_ONE_YEAR: Final = {EntryKind.TERM, EntryKind.HALF_TERM}


class CalendarFault(Enum):
    """Why an entry cannot stand in a calendar."""

    ENDS_BEFORE_START = "ends_before_start"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    TWO_SCHOOL_YEARS = "two_school_years"
    SESSION_OF_WHOLE_DAYS = "session_of_whole_days"
    OVERLAPS_TERM = "overlaps_term"
    OUTSIDE_TERM = "outside_term"
    ENTERED_ALREADY = "entered_already"


def fault_of(entry: CalendarEntry) -> CalendarFault | None:
    """What is wrong with the entry by itself, None for nothing."""
    if not EARLIEST <= min(entry.first_day, entry.last_day) <= max(entry.first_day, entry.last_day) <= LATEST:
        return CalendarFault.OUT_OF_RANGE
    if entry.last_day < entry.first_day:
        return CalendarFault.ENDS_BEFORE_START
    if entry.last_day - entry.first_day >= LONGEST:
        return CalendarFault.TOO_LONG
    if entry.kind in _OF_ONE_YEAR and school_year(entry.first_day) != school_year(entry.last_day):
        return CalendarFault.TWO_SCHOOL_YEARS
    if entry.session is not None and entry.kind in _OF_ONE_YEAR:
        return CalendarFault.SESSION_OF_WHOLE_DAYS
    return None


@dataclass(frozen=True, slots=True)
class Clash:
    """The entry at place `which` cannot stand beside the others; `beside` is the place of the one in its way."""

    which: int
    fault: CalendarFault
    beside: int | None = None


def clashes(entries: Sequence[CalendarEntry]) -> tuple[Clash, ...]:
    """What is wrong with the entries together: of two that clash, the later in the sequence is named."""
    return (*_repeated(entries), *_overlapping(entries), *_outside(entries))


def _repeated(entries: Sequence[CalendarEntry]) -> Iterator[Clash]:
    first: dict[tuple[object, ...], int] = {}
    for place, each in enumerate(entries):
        there = first.setdefault((each.kind, each.first_day, each.last_day, each.session), place)
        if there != place:
            yield Clash(place, CalendarFault.ENTERED_ALREADY, there)


def _overlapping(entries: Sequence[CalendarEntry]) -> Iterator[Clash]:
    """Terms by their first day: each against the one before it that reaches furthest."""
    terms = _of(entries, EntryKind.TERM)
    furthest: int | None = None
    for place in sorted(terms, key=lambda at: (entries[at].first_day, at)):
        if furthest is not None and _overlap(entries[furthest], entries[place]):
            yield Clash(max(place, furthest), CalendarFault.OVERLAPS_TERM, min(place, furthest))
        if furthest is None or entries[place].last_day > entries[furthest].last_day:
            furthest = place


def _overlap(earlier: CalendarEntry, later: CalendarEntry) -> bool:
    """Whether they share a day; the very same days are the other fault."""
    return later.first_day <= earlier.last_day and _days(later) != _days(earlier)


def _outside(entries: Sequence[CalendarEntry]) -> Iterator[Clash]:
    terms = [entries[place] for place in _of(entries, EntryKind.TERM)]
    for place in _of(entries, EntryKind.HALF_TERM):
        first, last = _days(entries[place])
        if not any(term.first_day <= first and last <= term.last_day for term in terms):
            yield Clash(place, CalendarFault.OUTSIDE_TERM)


def _of(entries: Sequence[CalendarEntry], kind: EntryKind) -> list[int]:
    return [place for place, each in enumerate(entries) if each.kind is kind]


def _days(entry: CalendarEntry) -> tuple[date, date]:
    return entry.first_day, entry.last_day
