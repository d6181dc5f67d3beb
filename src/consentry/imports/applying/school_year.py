"""A school year as the records address it: "2025-2026"."""

from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_MONTH: Final = 9  # the school year of the admissions and the census starts on 1 September

_NAMES: Final = {
    "E1": "Early years 1",
    "E2": "Early years 2",
    "N1": "Nursery 1",
    "N2": "Nursery 2",
    "R": "Reception",
    "X": "Other year group",
}


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The school year that starts in the September of `starts_in`."""

    starts_in: int

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        """The school year in which `day` lies."""
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @property
    def code(self) -> str:
        """What addresses it."""
        return f"{self.starts_in}-{self.starts_in + 1}"

    @property
    def first_day(self) -> date:
        """1 September."""
        return date(self.starts_in, FIRST_MONTH, 1)

    @property
    def last_day(self) -> date:
        """31 August."""
        return date(self.starts_in + 1, FIRST_MONTH - 1, 31)

    def part(self, start: date, end: date | None) -> tuple[date, date] | None:
        """The days of the year from `start` to `end`, None when there are none."""
        first, last = max(start, self.first_day), min(end or self.last_day, self.last_day)
        return (first, last) if first <= last else None


def level_name(year_group: str) -> str:
    """What a school calls a year group of the National Curriculum: "7" is Year 7, "R" Reception."""
    return _NAMES.get(year_group, f"Year {year_group}")
