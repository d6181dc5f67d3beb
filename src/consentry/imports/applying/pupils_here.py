"""The pupils that a school has: by pupil number, with the days on which they are on roll."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from consentry.records.models import EducationalInstitutionEnrolment, UpnAssignment
from consentry.rules.identity import SchoolId


@dataclass(slots=True)
class OnRoll:
    """One enrolment: both days count, and none is the end while it lasts."""

    id: int
    entry_date: date
    leaving_date: date | None

    def covers(self, day: date) -> bool:
        """Whether the pupil is on roll on `day`."""
        return self.entry_date <= day and (self.leaving_date is None or day <= self.leaving_date)


@dataclass(slots=True)
class PupilHere:
    """A pupil of the school."""

    student: int
    person: int
    numbers: dict[str, tuple[int, datetime | None]] = field(default_factory=dict)
    """Number → the id of its assignment, and when it ended."""
    enrolments: list[OnRoll] = field(default_factory=list)

    def covers(self, day: date) -> bool:
        """Whether the pupil is on roll on `day`."""
        return any(enrolment.covers(day) for enrolment in self.enrolments)

    def enrolment(self, entry: date) -> OnRoll | None:
        """The enrolment that began on this day, else the one that has not ended."""
        same = (each for each in self.enrolments if each.entry_date == entry)
        lasting = (each for each in self.enrolments if each.leaving_date is None)
        return next(same, None) or next(lasting, None)


def pupils_here(school: SchoolId) -> dict[str, PupilHere]:
    """Pupils by every number they have or had; a number that is current for one and past for another is the first's."""
    pupils: dict[int, PupilHere] = {}
    found: dict[str, PupilHere] = {}
    for number, upn, end, student, person in _assignments(school):
        pupil = found[upn] = pupils.setdefault(student, PupilHere(student, person))
        pupil.numbers[upn] = number, end
    rows = EducationalInstitutionEnrolment.objects.filter(school=school).order_by("entry_date")
    for number, student, entry, leaving in rows.values_list("id", "student_id", "entry_date", "leaving_date"):
        if student in pupils:
            pupils[student].enrolments.append(OnRoll(number, entry, leaving))
    return found


def _assignments(school: SchoolId) -> Iterator[tuple[int, str, datetime | None, int, int]]:
    """Past ones first, so that current ones overrule them."""
    rows = UpnAssignment.objects.filter(school=school)
    for is_current in (False, True):
        yield from rows.filter(end_datetime__isnull=is_current).values_list(
            "id", "upn", "end_datetime", "student_id", "student__person_id"
        )
