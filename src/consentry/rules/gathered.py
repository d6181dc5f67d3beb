"""What was counted in a school's records for a return, before it is known whether it can be told: faults included."""

from dataclasses import dataclass
from datetime import date

from consentry.rules.attendance_codes import Session


@dataclass(frozen=True, slots=True)
class GatheredMarks:
    """So many marks of one code in one session, of pupils of one year group; None for one that is not known.

    `on_roll`: whether they are of pupils who are on roll that day.
    """

    session: Session
    year_group: str | None
    code: str
    on_roll: bool
    count: int


@dataclass(frozen=True, slots=True)
class GatheredDay:
    """One day: how many pupils are on roll by year group (None: those of whom none is known), and the marks."""

    day: date
    roll: tuple[tuple[str | None, int], ...]
    marks: tuple[GatheredMarks, ...]
