"""Until when a change is sent: the last run of the last working day whose window holds the day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.return_runs import KINGDOM, Schedule
from consentry.rules.school_calendar import CalendarEntry, EntryKind, SchoolCalendar
from consentry.rules.sending_times import Sending, sent_until
from consentry.rules.sending_window import Window, WindowUnit

ENGLAND = SchoolCalendar(Jurisdiction.ENGLAND)
AT_ONCE = Schedule(spread=timedelta())
TERMS = SchoolCalendar(
    Jurisdiction.ENGLAND,
    (
        CalendarEntry(EntryKind.TERM, date(2025, 9, 1), date(2025, 12, 19)),
        CalendarEntry(EntryKind.TERM, date(2026, 1, 5), date(2026, 3, 27)),
    ),
)


def sending(
    previous: int = 7,
    unit: WindowUnit = WindowUnit.WORKING,
    calendar: SchoolCalendar = ENGLAND,
    schedule: Schedule = AT_ONCE,
) -> Sending:
    return Sending(schedule, Window(previous, unit), calendar, 7)


def on(day: date, hour: int = 16, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=KINGDOM)


def changed_too_late(changed_at: datetime, day: date, sending: Sending) -> bool:
    last = sent_until(day, sending)
    return last is None or changed_at > last


@pytest.mark.parametrize(
    ("day", "last"),
    [
        pytest.param(date(2025, 11, 3), date(2025, 11, 12), id="seven working days later"),
        pytest.param(date(2025, 10, 31), date(2025, 11, 11), id="a Friday"),
        pytest.param(date(2025, 12, 19), date(2026, 1, 2), id="over Christmas: three bank holidays count for nothing"),
        pytest.param(date(2026, 3, 31), date(2026, 4, 13), id="over Easter"),
        pytest.param(date(2026, 4, 27), date(2026, 5, 7), id="over the bank holiday of May"),
    ],
)
def test_the_last_sending_of_a_day_is_that_of_the_last_day_whose_window_holds_it(day: date, last: date) -> None:
    assert sent_until(day, sending()) == on(last)


def test_after_the_last_run_of_a_friday_the_next_is_that_of_monday() -> None:
    """DS-22. Changed on Friday evening: what Monday's window does not hold any more is too late, all else is not."""
    friday_evening = on(date(2025, 11, 14), 17)

    assert changed_too_late(friday_evening, date(2025, 11, 5), sending())
    assert not changed_too_late(friday_evening, date(2025, 11, 6), sending())
    assert not changed_too_late(on(date(2025, 11, 14), 15), date(2025, 11, 5), sending())


def test_on_a_bank_holiday_nothing_is_sent_so_the_evening_before_was_the_last_chance() -> None:
    only_today = sending(previous=0)
    good_friday, thursday = date(2026, 4, 3), date(2026, 4, 2)

    assert sent_until(thursday, only_today) == on(thursday)
    assert sent_until(good_friday, only_today) is None
    assert changed_too_late(on(good_friday, 9), good_friday, only_today)


def test_a_window_of_calendar_days_is_empty_of_school_days_after_christmas() -> None:
    """Eight working days are not seven days of the calendar: the last day of term falls out in the holidays."""
    calendar, school = (sending(unit=unit, calendar=TERMS) for unit in (WindowUnit.CALENDAR, WindowUnit.SCHOOL))

    assert sent_until(date(2025, 12, 19), calendar) == on(date(2025, 12, 24))
    assert sent_until(date(2025, 12, 19), school) == on(date(2026, 1, 13))


def test_a_weekend_is_in_no_window_of_working_days() -> None:
    assert sent_until(date(2025, 11, 1), sending()) is None
    assert changed_too_late(datetime(2025, 11, 1, 9, tzinfo=UTC), date(2025, 11, 1), sending())


def test_each_school_has_its_own_minute_and_a_collector_without_runs_none() -> None:
    spread = sending(schedule=Schedule(spread=timedelta(minutes=60)))
    last = sent_until(date(2025, 11, 3), spread)
    assert last is not None
    assert on(date(2025, 11, 12)) < last < on(date(2025, 11, 12), 17)
    assert sent_until(date(2025, 11, 3), sending(schedule=Schedule(time(9), None, timedelta()))) == on(
        date(2025, 11, 12), 9
    )


def test_without_a_schedule_nothing_is_sent_by_itself() -> None:
    assert sent_until(date(2025, 11, 3), sending(schedule=Schedule(None, None))) is None


def test_nobody_waits_for_a_school_that_is_closed_for_good() -> None:
    """Its last day of school stays in windows of school days, but no further back than a year."""
    day = date(2025, 11, 3)
    shut = CalendarEntry(EntryKind.CLOSURE, day + timedelta(days=1), day + timedelta(days=900))
    last = sent_until(day, sending(unit=WindowUnit.SCHOOL, calendar=SchoolCalendar(Jurisdiction.ENGLAND, (shut,))))

    assert last is not None
    assert last.date() == day + timedelta(days=365)


@given(
    st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    st.integers(0, 12),
    st.sampled_from(WindowUnit),
    st.sampled_from([ENGLAND, TERMS, SchoolCalendar(Jurisdiction.SCOTLAND)]),
)
def test_a_day_looks_back_to_another_exactly_when_its_window_holds_it(
    day: date, previous: int, unit: WindowUnit, calendar: SchoolCalendar
) -> None:
    window = Window(previous, unit)
    ahead = [day + timedelta(days=days) for days in range(60)]

    found = [each for each in window.days_that_look_back_to(day, calendar) if each <= ahead[-1]]

    assert found == [each for each in ahead if day in window.days(each, calendar)]
