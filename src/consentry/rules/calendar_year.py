"""A school year of a school's calendar: how each day stands, how many sessions are held, and what is lacking."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from consentry.rules.attendance_codes import Session
from consentry.rules.jurisdictions import Jurisdiction, bank_holiday, is_weekday
from consentry.rules.school_calendar import BOTH, NONE, EntryKind, SchoolCalendar, school_year

SOON: Final = timedelta(weeks=6)
"""No holiday between terms is longer, but for a few days of the summer's."""

_LEAST: Final = 380
_LESS: Final = {2011: 378, 2022: 376}
"""By the year in which the school year begins: the jubilee of 2012; a funeral in 2022 and a coronation in 2023."""


class DayState(StrEnum):
    """How a day stands: which sessions are held, or why none is."""

    OPEN = "open"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    CLOSED = "closed"
    HALF_TERM = "half-term"
    BANK_HOLIDAY = "bank-holiday"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"


_HELD: Final = {
    BOTH: DayState.OPEN,
    frozenset({Session.AM}): DayState.MORNING,
    frozenset({Session.PM}): DayState.AFTERNOON,
}


def state_of(calendar: SchoolCalendar, day: date) -> DayState:
    """How the day stands. Of several reasons the one that no school chooses goes first."""
    held = calendar.open_sessions(day)
    if held != NONE:
        return _HELD[held]
    if not is_weekday(day):
        return DayState.WEEKEND
    if bank_holiday(day, calendar.jurisdiction) is not None:
        return DayState.BANK_HOLIDAY
    if not calendar.in_term(day):
        return DayState.HOLIDAY
    return DayState.HALF_TERM if calendar.in_half_term(day) else DayState.CLOSED


def days_of_year(day: date) -> Iterator[date]:
    """Every day of the school year in which this one lies."""
    first, last = school_year(day)
    return (first + timedelta(days=after) for after in range((last - first).days + 1))


def of_year(calendar: SchoolCalendar, day: date) -> SchoolCalendar:
    """The calendar with what touches the school year of the day alone."""
    first, last = school_year(day)
    return replace(calendar, entries=tuple(e for e in calendar.entries if e.first_day <= last and e.last_day >= first))


def sessions_of_year(calendar: SchoolCalendar, day: date) -> int:
    """How many sessions are held in the school year of the day."""
    year = of_year(calendar, day)
    return sum(len(year.open_sessions(each)) for each in days_of_year(day))


def least_sessions(jurisdiction: Jurisdiction, day: date) -> int | None:
    """How many sessions maintained schools hold at least in the school year of the day; None where none is known here.

    Source: Education (School Day and School Year) (England) Regulations 1999, SI 1999/3181, regulation 3, with its
    amendments for two years; the Welsh regulations of 2003 say the same number.
    """
    if jurisdiction is Jurisdiction.ENGLAND:
        return _LESS.get(school_year(day)[0].year, _LEAST)
    return _LEAST if jurisdiction is Jurisdiction.WALES else None


def bank_holidays(jurisdiction: Jurisdiction, day: date) -> list[tuple[date, str]]:
    """The bank holidays of the school year of the day that fall on weekdays, each with its name."""
    named = ((each, bank_holiday(each, jurisdiction)) for each in days_of_year(day) if is_weekday(each))
    return [(each, name) for each, name in named if name is not None]


def has_term_soon(calendar: SchoolCalendar, today: date) -> bool:
    """Whether a term that was entered has a day from today to six weeks from now."""
    terms = (each for each in calendar.entries if each.kind is EntryKind.TERM)
    return any(each.last_day >= today and each.first_day <= today + SOON for each in terms)
