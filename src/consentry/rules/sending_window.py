"""The window of a return: the days whose attendance each sending tells anew.

Later changes to older days are never sent. Source: the service's own words, "data from the previous 7 days" and "any
changes for up to 8 working days", read as today and the seven working days before it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from consentry.rules.jurisdictions import is_weekday, is_working_day
from consentry.rules.school_calendar import SchoolCalendar

LONGEST: Final = 45
"""Days before today that a window may hold: the longest of any collector known (Mississippi)."""

_YEAR: Final = 366


class WindowUnit(StrEnum):
    """Which days are counted back from today."""

    CALENDAR = "calendar"
    WEEKDAY = "weekday"
    WORKING = "working"
    SCHOOL = "school"

    @property
    def label(self) -> str:
        """The days, as pages say them."""
        return f"{self.value} days" if self is not WindowUnit.WEEKDAY else "weekdays"


@dataclass(frozen=True, slots=True)
class Window:
    """Today and so many days before it of one unit."""

    previous: int = 7
    unit: WindowUnit = WindowUnit.WORKING

    def days(self, today: date, calendar: SchoolCalendar) -> tuple[date, ...]:
        """The days of the window, the oldest first, today the last.

        A school that has been closed for a year has fewer: nobody looks further back.
        """
        counts = self._counts(calendar)
        before = islice((day for day in _back_from(today) if counts(day)), self.previous)
        return (*reversed(tuple(before)), today)

    def days_that_look_back_to(self, day: date, calendar: SchoolCalendar) -> Iterator[date]:
        """The days of sending whose windows hold this day: it itself first, then those after it, in order."""
        counts = self._counts(calendar)
        between = 0 if counts(day) else self.previous  # days of the unit from this one until the day of sending
        for ahead in range(_YEAR):
            if between > self.previous:
                return
            today = day + timedelta(days=ahead)
            yield today
            between += not ahead or counts(today)

    def _counts(self, calendar: SchoolCalendar) -> Callable[[date], bool]:
        return {
            WindowUnit.CALENDAR: lambda _day: True,
            WindowUnit.WEEKDAY: is_weekday,
            WindowUnit.WORKING: lambda day: is_working_day(day, calendar.jurisdiction),
            WindowUnit.SCHOOL: calendar.is_open,
        }[self.unit]

    def __str__(self) -> str:
        return f"today and the {self.previous} {self.unit.label} before it"


def _back_from(today: date) -> Iterator[date]:
    return (today - timedelta(days=back) for back in range(1, _YEAR))
