"""The days that a sending tells anew: today and seven before it, counted in days of the calendar or of the school."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.school_calendar import CalendarEntry, EntryKind, SchoolCalendar
from consentry.rules.sending_window import LONGEST, Window, WindowUnit

CALENDAR, WEEKDAY, WORKING, SCHOOL = WindowUnit

AUTUMN = CalendarEntry(EntryKind.TERM, date(2025, 9, 1), date(2025, 12, 19))
HALF_TERM = CalendarEntry(EntryKind.HALF_TERM, date(2025, 10, 27), date(2025, 10, 31))
SPRING = CalendarEntry(EntryKind.TERM, date(2026, 1, 5), date(2026, 3, 27))
SUMMER = CalendarEntry(EntryKind.TERM, date(2026, 4, 13), date(2026, 7, 21))
OAKFIELD = SchoolCalendar(Jurisdiction.ENGLAND, (AUTUMN, HALF_TERM, SPRING, SUMMER))


def window(today: date, unit: WindowUnit, calendar: SchoolCalendar = OAKFIELD) -> list[str]:
    return [f"{each.day} {each:%b}" for each in Window(7, unit).days(today, calendar)]


def test_as_it_comes_a_window_is_today_and_the_seven_working_days_before_it() -> None:
    """DS-06."""
    usual = Window()

    assert str(usual) == "today and the 7 working days before it"
    assert usual.days(date(2026, 6, 11), OAKFIELD) == tuple(date(2026, 6, day) for day in (2, 3, 4, 5, 8, 9, 10, 11))


def test_a_mark_of_a_monday_is_sent_until_the_wednesday_of_the_next_week() -> None:
    """DS-21. Eight working days: changed on the ninth, it is never sent."""
    monday = date(2026, 6, 8)

    assert monday in Window().days(date(2026, 6, 17), OAKFIELD)
    assert monday not in Window().days(date(2026, 6, 18), OAKFIELD)


def test_in_the_week_after_easter_working_days_leave_out_both_holidays() -> None:
    today = date(2026, 4, 14)

    assert window(today, WORKING) == ["1 Apr", "2 Apr", "7 Apr", "8 Apr", "9 Apr", "10 Apr", "13 Apr", "14 Apr"]
    assert window(today, WEEKDAY) == ["3 Apr", "6 Apr", "7 Apr", "8 Apr", "9 Apr", "10 Apr", "13 Apr", "14 Apr"]
    assert window(today, SCHOOL) == ["20 Mar", "23 Mar", "24 Mar", "25 Mar", "26 Mar", "27 Mar", "13 Apr", "14 Apr"]
    assert window(today, CALENDAR)[0] == "7 Apr"


def test_in_scotland_easter_monday_is_a_working_day() -> None:
    assert "6 Apr" in window(date(2026, 4, 14), WORKING, SchoolCalendar(Jurisdiction.SCOTLAND))


def test_over_christmas_a_window_of_days_runs_empty_and_one_of_school_days_does_not() -> None:
    first_day = date(2026, 1, 5)
    held = [each for each in Window(7, CALENDAR).days(first_day, OAKFIELD) if OAKFIELD.is_open(each)]

    assert held == [first_day]
    assert window(first_day, WORKING)[:-1] == ["22 Dec", "23 Dec", "24 Dec", "29 Dec", "30 Dec", "31 Dec", "2 Jan"]
    assert window(first_day, SCHOOL)[:-1] == ["11 Dec", "12 Dec", "15 Dec", "16 Dec", "17 Dec", "18 Dec", "19 Dec"]


def test_on_the_first_day_of_term_school_days_reach_into_the_term_before() -> None:
    assert window(date(2026, 4, 13), SCHOOL)[:2] == ["19 Mar", "20 Mar"]
    assert window(date(2026, 4, 13), WORKING)[0] == "31 Mar"


def test_after_half_term_school_days_leave_it_out_and_working_days_do_not() -> None:
    monday = date(2025, 11, 3)

    assert window(monday, SCHOOL)[0] == "16 Oct"
    assert window(monday, WORKING)[0] == "23 Oct"


def test_today_is_told_even_where_it_is_no_such_day() -> None:
    sunday = date(2026, 6, 14)

    assert [window(sunday, unit)[-1] for unit in WindowUnit] == ["14 Jun"] * 4
    assert window(sunday, WORKING)[-2] == "12 Jun"


def test_a_school_that_has_been_closed_for_a_year_tells_of_today_alone() -> None:
    closed = CalendarEntry(EntryKind.CLOSURE, date(2025, 1, 1), date(2027, 1, 1))
    today = date(2026, 6, 11)

    assert Window(7, SCHOOL).days(today, SchoolCalendar(Jurisdiction.ENGLAND, (closed,))) == (today,)


@pytest.mark.parametrize(
    ("unit", "words"),
    [(CALENDAR, "calendar days"), (WEEKDAY, "weekdays"), (WORKING, "working days"), (SCHOOL, "school days")],
)
def test_a_window_is_said_in_words(unit: WindowUnit, words: str) -> None:
    assert str(Window(5, unit)) == f"today and the 5 {words} before it"


windows = st.builds(Window, st.integers(0, LONGEST), st.sampled_from(WindowUnit))
todays = st.dates(date(2025, 9, 1), date(2026, 12, 31))


@given(windows, todays)
def test_a_window_is_in_order_ends_today_and_holds_no_more_than_it_says(wanted: Window, today: date) -> None:
    found = wanted.days(today, OAKFIELD)

    assert list(found) == sorted(set(found))
    assert found[-1] == today
    assert len(found) <= wanted.previous + 1
    assert len(found) == wanted.previous + 1 or wanted.unit is SCHOOL


@given(windows, todays)
def test_tomorrow_a_window_holds_no_older_day_than_today(wanted: Window, today: date) -> None:
    """What has fallen out of the window never comes back into it."""
    assert wanted.days(today, OAKFIELD)[0] <= wanted.days(today + timedelta(days=1), OAKFIELD)[0]


@given(windows, todays)
def test_every_day_before_today_is_one_of_its_unit(wanted: Window, today: date) -> None:
    before = wanted.days(today, OAKFIELD)[:-1]

    assert wanted.unit is not SCHOOL or all(OAKFIELD.is_open(each) for each in before)
    assert wanted.unit not in {WEEKDAY, WORKING} or all(each.weekday() < 5 for each in before)
