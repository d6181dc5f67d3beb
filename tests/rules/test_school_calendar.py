"""When a school is open: terms, half terms, closures of a day or of one session, bank holidays as a default."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.attendance_codes import Session
from consentry.rules.jurisdictions import Jurisdiction, is_working_day
from consentry.rules.school_calendar import BOTH, NONE, CalendarEntry, EntryKind, SchoolCalendar, school_year

AM, PM = frozenset({Session.AM}), frozenset({Session.PM})
TERM, HALF_TERM, CLOSURE, OPEN = EntryKind.TERM, EntryKind.HALF_TERM, EntryKind.CLOSURE, EntryKind.OPEN

EASTER_MONDAY = date(2026, 4, 6)
MAY_DAY = date(2026, 5, 4)

SUMMER = CalendarEntry(TERM, date(2026, 4, 13), date(2026, 7, 21), name="Summer term")
HALF = CalendarEntry(HALF_TERM, date(2026, 5, 25), date(2026, 5, 29), name="Half term")
INSET = CalendarEntry(CLOSURE, date(2026, 4, 13), date(2026, 4, 13), name="INSET")
EARLY_END = CalendarEntry(CLOSURE, date(2026, 7, 21), date(2026, 7, 21), Session.PM, "Early end")


def england(*entries: CalendarEntry) -> SchoolCalendar:
    return SchoolCalendar(Jurisdiction.ENGLAND, entries)


OAKFIELD = england(SUMMER, HALF, INSET, EARLY_END)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 4, 10), NONE),  # before the term
        (date(2026, 4, 13), NONE),  # its first day, a closure
        (date(2026, 4, 14), BOTH),
        (date(2026, 4, 18), NONE),  # a Saturday
        (MAY_DAY, NONE),
        (date(2026, 5, 22), BOTH),  # the last day before half term
        (date(2026, 5, 25), NONE),
        (date(2026, 5, 29), NONE),
        (date(2026, 6, 1), BOTH),
        (date(2026, 7, 21), AM),  # the last day, whose afternoon is closed
        (date(2026, 7, 22), NONE),
    ],
)
def test_sessions_are_held_in_term_but_not_in_half_term_or_where_closed(day: date, held: frozenset[Session]) -> None:
    assert OAKFIELD.open_sessions(day) == held
    assert OAKFIELD.is_open(day) is bool(held)


def test_a_school_may_open_on_a_bank_holiday_on_a_weekend_and_in_half_term() -> None:
    opened = [MAY_DAY, date(2026, 5, 9), date(2026, 5, 26)]
    calendar = england(SUMMER, HALF, *(CalendarEntry(OPEN, day, day) for day in opened))

    assert [calendar.open_sessions(day) for day in opened] == [BOTH] * 3


def test_a_school_may_open_for_one_session_alone() -> None:
    saturday = date(2026, 5, 9)

    assert england(SUMMER, CalendarEntry(OPEN, saturday, saturday, Session.AM)).open_sessions(saturday) == AM


def test_a_closure_goes_before_an_opening() -> None:
    calendar = england(
        SUMMER, CalendarEntry(OPEN, MAY_DAY, MAY_DAY), CalendarEntry(CLOSURE, MAY_DAY, MAY_DAY, Session.AM)
    )

    assert calendar.open_sessions(MAY_DAY) == PM


def test_two_half_day_closures_close_the_day() -> None:
    day = date(2026, 6, 3)
    calendar = england(SUMMER, *(CalendarEntry(CLOSURE, day, day, session) for session in Session))

    assert calendar.open_sessions(day) == NONE


def test_in_a_school_year_without_terms_every_working_day_counts() -> None:
    calendar = england(SUMMER)

    assert calendar.open_sessions(date(2026, 7, 31)) == NONE
    assert calendar.open_sessions(date(2026, 8, 3)) == BOTH
    assert calendar.open_sessions(date(2025, 7, 31)) == BOTH
    assert calendar.open_sessions(date(2026, 8, 31)) == NONE  # a bank holiday
    assert [calendar.has_terms(day) for day in (date(2025, 7, 31), date(2025, 8, 1), date(2026, 8, 1))] == [
        False,
        True,
        False,
    ]


def test_the_bank_holidays_are_those_of_where_the_school_is() -> None:
    term = CalendarEntry(TERM, date(2026, 4, 1), date(2026, 4, 30))

    assert SchoolCalendar(Jurisdiction.ENGLAND, (term,)).open_sessions(EASTER_MONDAY) == NONE
    assert SchoolCalendar(Jurisdiction.SCOTLAND, (term,)).open_sessions(EASTER_MONDAY) == BOTH


@pytest.mark.parametrize("day", [date(2022, 9, 19), date(2023, 5, 8)])
def test_a_bank_holiday_that_was_proclaimed_once_closes_the_school(day: date) -> None:
    term = CalendarEntry(TERM, day - timedelta(days=7), day + timedelta(days=7))

    assert england(term).open_sessions(day) == NONE
    assert england(term).open_sessions(day + timedelta(days=1)) == BOTH


def test_a_closed_day_says_why_where_the_school_has_said_so() -> None:
    assert OAKFIELD.closed_for(date(2026, 4, 13)) == "INSET"
    assert OAKFIELD.closed_for(date(2026, 5, 27)) == "Half term"
    assert OAKFIELD.closed_for(MAY_DAY) == ""
    assert england(CalendarEntry(CLOSURE, MAY_DAY, MAY_DAY)).closed_for(MAY_DAY) == ""


def test_a_school_year_runs_from_august_to_july() -> None:
    assert school_year(date(2026, 7, 31)) == (date(2025, 8, 1), date(2026, 7, 31))
    assert school_year(date(2026, 8, 1)) == (date(2026, 8, 1), date(2027, 7, 31))
    assert school_year(date(2027, 1, 1)) == (date(2026, 8, 1), date(2027, 7, 31))


def test_every_kind_of_entry_has_a_label() -> None:
    assert [each.label for each in EntryKind] == [
        "Term",
        "Half term",
        "Closure",
        "Open although a bank holiday or weekend",
    ]


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def entries(draw: st.DrawFn) -> CalendarEntry:
    kind, first = draw(st.sampled_from(EntryKind)), draw(days)
    last = first + timedelta(days=draw(st.integers(0, 120)))
    session = draw(st.sampled_from([None, *Session])) if kind in {CLOSURE, OPEN} else None
    return CalendarEntry(kind, first, last, session)


calendars = st.builds(SchoolCalendar, st.sampled_from(Jurisdiction), st.lists(entries(), max_size=8).map(tuple))


@given(calendars, days)
def test_no_session_is_ever_held_that_is_closed(calendar: SchoolCalendar, day: date) -> None:
    closed = [each.sessions for each in calendar.entries if each.kind is CLOSURE and each.covers(day)]

    assert not calendar.open_sessions(day) & NONE.union(*closed)


@given(calendars, days)
def test_outside_working_days_nothing_is_held_but_what_the_school_has_opened(
    calendar: SchoolCalendar, day: date
) -> None:
    opened = [each.sessions for each in calendar.entries if each.kind is OPEN and each.covers(day)]

    if not is_working_day(day, calendar.jurisdiction):
        assert calendar.open_sessions(day) <= NONE.union(*opened)


@given(calendars, days, st.randoms())
def test_the_order_of_the_entries_says_nothing(calendar: SchoolCalendar, day: date, any_order: Random) -> None:
    shuffled = list(calendar.entries)
    any_order.shuffle(shuffled)

    assert SchoolCalendar(calendar.jurisdiction, tuple(shuffled)).open_sessions(day) == calendar.open_sessions(day)


@given(days)
def test_a_school_year_holds_its_day_and_is_a_year(day: date) -> None:
    first, last = school_year(day)

    assert first <= day <= last
    assert (last - first).days in {364, 365}
    assert school_year(first) == school_year(last) == (first, last)
