"""A school year as it is pictured: how each day stands, the sessions that are held, and what is lacking."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.attendance_codes import Session
from consentry.rules.calendar_year import (
    DayState,
    bank_holidays,
    days_of_year,
    has_term_soon,
    least_sessions,
    of_year,
    sessions_of_year,
    state_of,
)
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.school_calendar import CalendarEntry, EntryKind, SchoolCalendar

TERM, HALF_TERM, CLOSURE, OPEN = EntryKind
AUTUMN = CalendarEntry(TERM, date(2026, 9, 1), date(2026, 12, 18))
SPRING = CalendarEntry(TERM, date(2027, 1, 4), date(2027, 3, 26))
SUMMER = CalendarEntry(TERM, date(2027, 4, 12), date(2027, 7, 21))
HALVES = tuple(
    CalendarEntry(HALF_TERM, first, last)
    for first, last in (
        (date(2026, 10, 26), date(2026, 10, 30)),
        (date(2027, 2, 15), date(2027, 2, 19)),
        (date(2027, 5, 31), date(2027, 6, 4)),
    )
)
INSET = CalendarEntry(CLOSURE, date(2026, 9, 1), date(2026, 9, 1))
AFTERNOON = CalendarEntry(CLOSURE, date(2026, 11, 13), date(2026, 11, 13), Session.PM)
MORNING = CalendarEntry(CLOSURE, date(2026, 11, 16), date(2026, 11, 16), Session.AM)
MAY_DAY = CalendarEntry(OPEN, date(2027, 5, 3), date(2027, 5, 3))
YEAR = SchoolCalendar(Jurisdiction.ENGLAND, (AUTUMN, SPRING, SUMMER, *HALVES))
SHOWN = SchoolCalendar(Jurisdiction.ENGLAND, (*YEAR.entries, INSET, AFTERNOON, MORNING, MAY_DAY))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 9, 2), DayState.OPEN),
        (date(2026, 11, 13), DayState.MORNING),
        (date(2026, 11, 16), DayState.AFTERNOON),
        (date(2026, 9, 1), DayState.CLOSED),
        (date(2026, 10, 26), DayState.HALF_TERM),
        (date(2026, 12, 25), DayState.BANK_HOLIDAY),
        (date(2027, 3, 26), DayState.BANK_HOLIDAY),  # Good Friday, the last day of the term
        (date(2027, 5, 31), DayState.BANK_HOLIDAY),  # in half term
        (date(2027, 5, 3), DayState.OPEN),  # May Day, opened
        (date(2026, 12, 21), DayState.HOLIDAY),
        (date(2026, 10, 31), DayState.WEEKEND),
    ],
)
def test_each_day_stands_in_one_way(day: date, state: DayState) -> None:
    assert state_of(SHOWN, day) is state


def test_the_sessions_of_a_year_are_counted() -> None:
    """By hand: 16 weeks less a day, 12 less Good Friday, 15 less three days; less three half terms of five days."""
    by_hand = 2 * ((16 * 5 - 1) + (12 * 5 - 1) + (15 * 5 - 2 - 1) - 3 * 5)

    assert sessions_of_year(YEAR, date(2026, 9, 1)) == by_hand
    assert sessions_of_year(SHOWN, date(2027, 7, 31)) == by_hand - 2 - 1 - 1 + 2
    assert sessions_of_year(SchoolCalendar(Jurisdiction.ENGLAND), date(2026, 9, 1)) == 2 * (260 - 8)


@pytest.mark.parametrize(
    ("jurisdiction", "day", "least"),
    [
        (Jurisdiction.ENGLAND, date(2026, 9, 1), 380),
        (Jurisdiction.ENGLAND, date(2022, 7, 31), 380),
        (Jurisdiction.ENGLAND, date(2022, 8, 1), 376),
        (Jurisdiction.ENGLAND, date(2023, 7, 31), 376),
        (Jurisdiction.ENGLAND, date(2012, 6, 1), 378),
        (Jurisdiction.WALES, date(2022, 9, 1), 380),
        (Jurisdiction.SCOTLAND, date(2026, 9, 1), None),
        (Jurisdiction.NORTHERN_IRELAND, date(2026, 9, 1), None),
    ],
)
def test_the_law_says_how_many_there_are_at_least(jurisdiction: Jurisdiction, day: date, least: int | None) -> None:
    assert least_sessions(jurisdiction, day) == least


def test_bank_holidays_of_a_year_are_those_on_weekdays() -> None:
    found = bank_holidays(Jurisdiction.ENGLAND, date(2026, 9, 1))

    assert [f"{day:%d %b}" for day, _ in found] == [
        "31 Aug", "25 Dec", "28 Dec", "01 Jan", "26 Mar", "29 Mar", "03 May", "31 May",
    ]  # fmt: skip
    assert dict(found)[date(2027, 3, 29)] == "Easter Monday"


@pytest.mark.parametrize(
    ("today", "is_there"),
    [
        (date(2026, 7, 20), False),
        (date(2026, 7, 21), True),  # six weeks before the first day
        (date(2026, 12, 20), True),
        (date(2027, 7, 21), True),  # the last day of all
        (date(2027, 7, 22), False),
    ],
)
def test_the_next_term_is_missed_six_weeks_ahead(today: date, *, is_there: bool) -> None:
    assert has_term_soon(YEAR, today) is is_there


def test_a_year_leaves_out_what_does_not_touch_it() -> None:
    before = CalendarEntry(TERM, date(2026, 4, 1), date(2026, 7, 31))
    across = CalendarEntry(CLOSURE, date(2026, 7, 31), date(2026, 8, 1))
    calendar = SchoolCalendar(Jurisdiction.ENGLAND, (before, across, AUTUMN))

    assert of_year(calendar, date(2026, 9, 1)).entries == (across, AUTUMN)


@given(st.sampled_from(Jurisdiction), st.dates(date(2015, 8, 1), date(2035, 7, 31)))
def test_a_year_is_pictured_as_its_whole_calendar_says(jurisdiction: Jurisdiction, day: date) -> None:
    """What is left out for a picture never changes how a day stands, nor how many sessions there are."""
    calendar = SchoolCalendar(jurisdiction, SHOWN.entries)
    held = {DayState.OPEN: 2, DayState.MORNING: 1, DayState.AFTERNOON: 1}
    states = [state_of(of_year(calendar, day), each) for each in days_of_year(day)]

    assert state_of(of_year(calendar, day), day) is state_of(calendar, day)
    assert sessions_of_year(calendar, day) == sum(held.get(each, 0) for each in states)
