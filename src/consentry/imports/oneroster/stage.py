"""A OneRoster file as records: who is in which class, as pupil, teacher or tutor."""

from consentry.imports.applying.batch import Batch
from consentry.imports.applying.sheet import Sheet
from consentry.imports.oneroster.rows import (
    AcademicSession,
    Course,
    Demographics,
    Enrollment,
    OneRosterRow,
    Org,
    Role,
    SchoolClass,
    User,
)
from consentry.imports.oneroster.sheets import IN_FORM, LEADS, LEARNS, TUTORS
from consentry.imports.oneroster.stage_people import PeopleStager
from consentry.imports.oneroster.stage_teaching import Group, TeachingStager
from consentry.imports.problems import Reason
from consentry.records.models import RegistrationFormMembership
from consentry.rules.establishment import EstablishmentFault, laestab, urn


class RosterStager:
    """Stages row after row; `finish` stages what could only be told at the end."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._people = PeopleStager(batch)
        self._teaching = TeachingStager(batch)
        self._met: set[tuple[Sheet, int, int, object]] = set()

    def add(self, row: OneRosterRow) -> None:  # noqa: C901 - one case a table
        """Take a row."""
        match row:
            case Org():
                self._org(row)
            case AcademicSession():
                self._teaching.session(row)
            case Course():
                self._teaching.course(row)
            case SchoolClass():
                self._teaching.school_class(row)
            case User():
                self._people.user(row)
            case Role():
                self._people.role(row)
            case Enrollment():
                self._enrollment(row)
            case Demographics():
                self._people.demographics(row)

    def finish(self) -> None:
        """Stage the people, the courses and the classes."""
        self._people.finish()
        self._teaching.finish()

    def _org(self, row: Org) -> None:
        """A school's number must be this school's."""
        known = {self._batch.site.urn, self._batch.site.laestab}
        numbers = {number for number in (urn(row.identifier), laestab(row.identifier)) if _is_number(number)}
        if row.type == "school" and numbers and not numbers & known:
            self._batch.problems.note(row.line, "identifier", Reason.OTHER_SCHOOL, row.identifier, "orgs.csv")

    def _enrollment(self, row: Enrollment) -> None:
        group = self._teaching.groups.get(row.class_sourced_id)
        if group is None or not row.role:
            return
        if row.role == "student":
            student = self._people.student(row.user_sourced_id)
            if student is not None:
                self._learns(row, group, student)
        elif row.role in ("teacher", "administrator"):
            staff = self._people.staff(row.user_sourced_id)
            if staff is not None:
                self._leads(row, group, staff)

    def _learns(self, row: Enrollment, group: Group, student: int) -> None:
        if group.is_form:
            key = f"student:{student}:{group.year.code}"
            number = self._batch.ids(RegistrationFormMembership).of(key)
            said = {"registration_form_id": group.id, "student_id": student, "source_key": key}
            self._batch.add(IN_FORM, number, **said, **_days(row, group))
        else:
            self._dated(LEARNS, row, group, {"academic_unit_id": group.id, "student_id": student})

    def _leads(self, row: Enrollment, group: Group, staff: int) -> None:
        if group.is_form:
            self._dated(TUTORS, row, group, {"registration_form_id": group.id, "staff_id": staff})
        else:
            self._dated(LEADS, row, group, {"academic_unit_id": group.id, "staff_id": staff})

    def _dated(self, sheet: Sheet, row: Enrollment, group: Group, who: dict[str, int]) -> None:
        """Stage one of the dated references, of which no two may be the same from the same day."""
        days = _days(row, group)
        first, second = who.values()
        if (sheet, first, second, days["start_date"]) in self._met:
            note = self._batch.problems.note
            note(row.line, "userSourcedId", Reason.DUPLICATE, row.user_sourced_id, "enrollments.csv")
        self._met.add((sheet, first, second, days["start_date"]))
        key = f"oneroster:enrollment:{row.sourced_id}"
        self._batch.add(sheet, self._batch.ids(sheet.model).of(key), **who, **days, source_key=key)


def _days(row: Enrollment, group: Group) -> dict[str, object]:
    """From its first day, else since the school year began."""
    return {"start_date": row.begin_date or group.year.first_day, "end_date": row.end_date}


def _is_number(found: str | EstablishmentFault) -> bool:
    return isinstance(found, str)
