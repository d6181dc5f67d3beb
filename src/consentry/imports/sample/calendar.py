"""The school days of an invented school: a year of about 190 days from September to July."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

_SATURDAY: Final = 5
_HOLIDAYS: Final = (  # first and last day as (month, day); half terms and the three long breaks
    ((1, 1), (1, 4)),
    ((2, 14), (2, 22)),
    ((4, 1), (4, 14)),
    ((5, 1), (5, 4)),
    ((5, 24), (6, 1)),
    ((7, 23), (9, 2)),
    ((10, 24), (11, 1)),
    ((12, 20), (12, 31)),
)


def is_school_day(day: date) -> bool:
    """Whether the school is open on `day`."""
    at = (day.month, day.day)
    return day.weekday() < _SATURDAY and not any(first <= at <= last for first, last in _HOLIDAYS)


def school_days(start: date, end: date) -> Iterator[date]:
    """The days from `start` to `end`, both counted, on which the school is open."""
    days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
    return (day for day in days if is_school_day(day))


def terms(school_year: int) -> tuple[tuple[str, date, date], ...]:
    """The three terms of the school year that starts in `school_year`: title, first and last day."""
    return (
        ("Autumn", date(school_year, 9, 3), date(school_year, 12, 19)),
        ("Spring", date(school_year + 1, 1, 5), date(school_year + 1, 3, 31)),
        ("Summer", date(school_year + 1, 4, 15), date(school_year + 1, 7, 22)),
    )
