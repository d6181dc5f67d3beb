"""When returns are sent: by the kingdom's clock, on working days, each school at its own minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.return_runs import Run, Schedule

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2025, 11, 3)
SHARP = Schedule(time(12), time(16), timedelta())


def due(day: date, at: time, schedule: Schedule = SHARP, school: int = 1) -> Run | None:
    found = schedule.due(school, Jurisdiction.ENGLAND, datetime.combine(day, at, tzinfo=LONDON))
    assert found is None or found[1] == day
    return None if found is None else found[0]


@pytest.mark.parametrize(
    ("at", "run"),
    [
        (time(0, 1), None),
        (time(11, 59, 59), None),
        (time(12), Run.MORNING),
        (time(15, 59, 59), Run.MORNING),
        (time(16), Run.AFTERNOON),
        (time(23, 59), Run.AFTERNOON),
    ],
)
def test_it_is_sent_after_the_morning_and_after_the_afternoon(at: time, run: Run | None) -> None:
    assert due(MONDAY, at) is run


@pytest.mark.parametrize("day", [date(2025, 11, 1), date(2025, 11, 2), date(2025, 12, 25), date(2025, 8, 25)])
def test_nothing_is_sent_on_weekends_and_bank_holidays(day: date) -> None:
    assert due(day, time(18)) is None


@pytest.mark.parametrize("day", [date(2025, 3, 28), date(2025, 3, 31), date(2025, 10, 24), date(2025, 10, 27)])
def test_noon_is_noon_before_and_after_the_clocks_change(day: date) -> None:
    assert due(day, time(11, 59)) is None
    assert due(day, time(12)) is Run.MORNING


def test_an_hour_that_is_not_there_and_one_that_is_there_twice_are_met_once() -> None:
    """30 March 2025 at 01:30 is no time, 26 October 2025 at 01:30 is two: both are Sundays, so any unit is tried."""
    night = Schedule(time(1, 30), None, timedelta())
    skipped, twice = (night.last_of(day, 1) for day in (date(2025, 3, 30), date(2025, 10, 26)))

    assert skipped == datetime(2025, 3, 30, 1, 30, tzinfo=UTC)
    assert twice == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_there_may_be_one_run_a_day() -> None:
    weekly = Schedule(None, time(17), timedelta())

    assert due(MONDAY, time(16, 59), weekly) is None
    assert due(MONDAY, time(17), weekly) is Run.AFTERNOON
    assert Schedule(None, None).due(1, Jurisdiction.ENGLAND, datetime(2025, 11, 3, 20, tzinfo=UTC)) is None


def test_thousands_of_schools_are_spread_over_the_hour() -> None:
    hour = Schedule(time(12), time(16), timedelta(minutes=60))
    begun = [
        sum(due(MONDAY, time(12, minute), hour, school) is Run.MORNING for school in range(3_000))
        for minute in range(60)
    ]
    a_minute = [after - before for before, after in pairwise(begun)]

    assert begun[0] == 1
    assert all(40 <= each <= 60 for each in a_minute)
    assert all(due(MONDAY, time(13), hour, school) is Run.MORNING for school in range(3_000))


@given(
    day=st.dates(date(2024, 9, 1), date(2027, 7, 31)),
    school=st.integers(1, 10**9),
    steps=st.lists(st.integers(0, 3_600 * 30), max_size=20),
)
def test_a_clock_that_goes_back_asks_for_nothing_twice(day: date, school: int, steps: list[int]) -> None:
    """Whatever the clock does on a day, there are two runs at most, and each of its own day: the row is the lock."""
    begin = datetime.combine(day, time(0), tzinfo=LONDON).astimezone(UTC)
    schedule = Schedule()
    asked = {schedule.due(school, Jurisdiction.ENGLAND, begin + timedelta(seconds=step)) for step in steps} - {None}

    assert len([each for each in asked if each and each[1] == day]) <= 2
