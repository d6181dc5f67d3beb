"""Rates of attendance out of counts, as the national statistics work them out.

Source: Pupil attendance in schools, methodology: possible sessions are those attended, at an approved educational
activity, and absent with or without authorisation; every rate is a part of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from consentry.rules.attendance_codes import BY_MARK, StatisticalClass


@dataclass(frozen=True, slots=True)
class Attendance:
    """Sessions by how the statistics count them, and those late."""

    attending: int
    approved: int
    authorised: int
    unauthorised: int
    late: int

    @property
    def attended(self) -> int:
        """Sessions of overall attendance: in school, or at an approved educational activity."""
        return self.attending + self.approved

    @property
    def absent(self) -> int:
        """Sessions of overall absence."""
        return self.authorised + self.unauthorised

    @property
    def possible(self) -> int:
        """Sessions that could have been attended."""
        return self.attended + self.absent

    @property
    def rate(self) -> Fraction | None:
        """Overall attendance as a part of what was possible; None where nothing was."""
        return Fraction(self.attended, self.possible) if self.possible else None

    @property
    def absence_rate(self) -> Fraction | None:
        """Overall absence as a part of what was possible; None where nothing was."""
        return Fraction(self.absent, self.possible) if self.possible else None


def attendance_of(marks: Mapping[str, int]) -> Attendance:
    """What so many of each mark come to; marks that are no possible session count nothing."""
    sums = dict.fromkeys(StatisticalClass, 0)
    for mark, count in marks.items():
        sums[BY_MARK[mark].statistical] += count
    return Attendance(
        sums[StatisticalClass.ATTENDING],
        sums[StatisticalClass.APPROVED_ACTIVITY],
        sums[StatisticalClass.AUTHORISED],
        sums[StatisticalClass.UNAUTHORISED],
        marks.get("L", 0) + marks.get("U", 0),
    )
