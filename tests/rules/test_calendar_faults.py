"""What cannot be entered into a school's calendar."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.attendance_codes import Session
from consentry.rules.calendar_faults import EARLIEST, LATEST, CalendarFault, Clash, clashes, fault_of
from consentry.rules.school_calendar import CalendarEntry, EntryKind

TERM, HALF_TERM, CLOSURE, OPEN = EntryKind
AUTUMN = CalendarEntry(TERM, date(2026, 9, 1), date(2026, 12, 18), name="Autumn")
SPRING = CalendarEntry(TERM, date(2027, 1, 4), date(2027, 3, 26), name="Spring")
HALF = CalendarEntry(HALF_TERM, date(2026, 10, 26), date(2026, 10, 30))
DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (AUTUMN, None),
        (CalendarEntry(CLOSURE, DAY, DAY, Session.PM), None),
        (CalendarEntry(OPEN, DAY, DAY, Session.AM), None),
        (CalendarEntry(CLOSURE, date(2026, 7, 22), date(2026, 8, 31)), None),
        (CalendarEntry(CLOSURE, EARLIEST, EARLIEST), None),
        (CalendarEntry(CLOSURE, LATEST, LATEST), None),
        (CalendarEntry(TERM, date(2026, 8, 1), date(2027, 7, 31)), None),
        (CalendarEntry(CLOSURE, date(2027, 8, 1), date(2028, 7, 31)), None),  # 366 days, the whole of a school year
        (CalendarEntry(CLOSURE, date(2026, 8, 1), date(2027, 8, 2)), CalendarFault.TOO_LONG),
        (CalendarEntry(CLOSURE, DAY, date(2026, 8, 31)), CalendarFault.ENDS_BEFORE_START),
        (CalendarEntry(CLOSURE, date(1999, 12, 31), DAY), CalendarFault.OUT_OF_RANGE),
        (CalendarEntry(CLOSURE, DAY, date(2100, 1, 1)), CalendarFault.OUT_OF_RANGE),
        (CalendarEntry(CLOSURE, date(9999, 12, 31), date(1, 1, 1)), CalendarFault.OUT_OF_RANGE),
        (CalendarEntry(TERM, date(2027, 4, 12), date(2027, 8, 1)), CalendarFault.TWO_SCHOOL_YEARS),
        (CalendarEntry(HALF_TERM, DAY, DAY, Session.AM), CalendarFault.SESSION_OF_WHOLE_DAYS),
    ],
)
def test_an_entry_is_judged_by_itself(entry: CalendarEntry, fault: CalendarFault | None) -> None:
    assert fault_of(entry) is fault


def test_terms_that_share_no_day_stand_beside_each_other() -> None:
    assert clashes([AUTUMN, SPRING, HALF]) == ()


@pytest.mark.parametrize(
    "days",
    [
        (date(2026, 12, 18), date(2027, 1, 3)),  # one day alone
        (date(2026, 8, 3), date(2026, 9, 1)),
        (date(2026, 10, 1), date(2026, 10, 2)),  # within it
        (date(2026, 8, 3), date(2027, 1, 3)),  # around it
    ],
)
def test_two_terms_have_no_day_in_common(days: tuple[date, date]) -> None:
    other = CalendarEntry(TERM, *days)

    assert clashes([AUTUMN, other]) == (Clash(1, CalendarFault.OVERLAPS_TERM, 0),)
    assert clashes([other, AUTUMN]) == (Clash(1, CalendarFault.OVERLAPS_TERM, 0),)


def test_a_short_term_within_a_long_one_does_not_hide_the_next() -> None:
    short = CalendarEntry(TERM, date(2026, 9, 2), date(2026, 9, 3))
    third = CalendarEntry(TERM, date(2026, 10, 1), date(2026, 10, 2))

    assert {each.which for each in clashes([AUTUMN, short, third])} == {1, 2}


@pytest.mark.parametrize(
    "days",
    [
        (date(2026, 12, 14), date(2026, 12, 19)),  # ends after the term
        (date(2027, 1, 1), date(2027, 1, 2)),  # between two
        (date(2026, 12, 14), date(2027, 1, 8)),  # reaches from one into the next
    ],
)
def test_a_half_term_lies_within_a_term(days: tuple[date, date]) -> None:
    half = CalendarEntry(HALF_TERM, *days)

    assert clashes([half, AUTUMN, SPRING]) == (Clash(0, CalendarFault.OUTSIDE_TERM),)


def test_nothing_is_entered_twice_whatever_it_is_called() -> None:
    closed = CalendarEntry(CLOSURE, DAY, DAY, Session.AM, "INSET")

    assert clashes([closed, replace(closed, name="Training")]) == (Clash(1, CalendarFault.ENTERED_ALREADY, 0),)
    assert clashes([AUTUMN, AUTUMN]) == (Clash(1, CalendarFault.ENTERED_ALREADY, 0),)
    assert clashes([closed, replace(closed, session=Session.PM)]) == ()


terms = st.builds(
    lambda first, last: CalendarEntry(TERM, min(first, last), max(first, last)),
    st.dates(date(2026, 9, 1), date(2026, 11, 1)),
    st.dates(date(2026, 9, 1), date(2026, 11, 1)),
)


@given(st.lists(terms, max_size=6))
def test_terms_that_clash_with_none_share_no_day(entries: list[CalendarEntry]) -> None:
    shared = any(
        one.first_day <= other.last_day and other.first_day <= one.last_day
        for place, one in enumerate(entries)
        for other in entries[:place]
    )

    assert bool(clashes(entries)) is shared
