"""The calendar of the demo's schools: a whole school year, with an afternoon in November that is closed."""

from datetime import date

from consentry.audit.reading import reading
from consentry.project.demo.calendar import fill_calendar
from consentry.rules.attendance_codes import Session
from consentry.rules.calendar_year import sessions_of_year
from consentry.schools.queries import calendar_of, school_id
from tests.world import add_school


def test_a_year_is_entered_that_has_sessions_enough(database: str) -> None:
    site = add_school()

    fill_calendar("oakfield")

    with reading(school_id(site)):
        calendar = calendar_of(site)
    assert calendar.open_sessions(date(2026, 11, 13)) == {Session.AM}
    assert [calendar.is_open(date(2026, 9, day)) for day in (1, 2)] == [False, True]
    assert sessions_of_year(calendar, date(2026, 9, 1)) == 387
