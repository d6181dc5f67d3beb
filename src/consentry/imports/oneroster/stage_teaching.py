"""What is taught, in a OneRoster file: school years, courses and classes, registration forms."""

from dataclasses import dataclass
from typing import Final

from consentry.imports.applying.batch import Batch
from consentry.imports.applying.school_year import SchoolYear
from consentry.imports.ctf.sheets import FORM
from consentry.imports.oneroster.rows import AcademicSession, Course, SchoolClass
from consentry.imports.oneroster.sheets import SUBJECT, UNIT, YEAR
from consentry.records.models import AcademicLevel, AcademicUnit, AcademicYear, RegistrationForm, Subject
from consentry.rules.codes import as_code

_HOMEROOM: Final = "homeroom"


@dataclass(frozen=True, slots=True)
class Group:
    """What a class of the file is here: a registration form or a unit of a course, in a school year."""

    id: int
    is_form: bool
    year: SchoolYear


class TeachingStager:
    """Stages years as they come; courses and classes together at the end, as a course of forms only is none."""

    def __init__(self, batch: Batch) -> None:
        self.groups: dict[str, Group] = {}
        self._batch = batch
        self._sessions: dict[str, SchoolYear] = {}
        self._courses: dict[str, Course] = {}
        self._classes: list[SchoolClass] = []

    def session(self, row: AcademicSession) -> None:
        """Take a session: school years are staged, terms stand for the year in which they lie."""
        if row.school_year is None:
            return
        year = self._sessions[row.sourced_id] = SchoolYear(row.school_year - 1)
        if row.type == "schoolYear":
            self._year(year, start_date=row.start_date, end_date=row.end_date)

    def course(self, row: Course) -> None:
        """Take a course."""
        self._courses[row.sourced_id] = row

    def school_class(self, row: SchoolClass) -> None:
        """Take a class: a form is staged at once."""
        course = self._courses.get(row.course_sourced_id)
        sessions = (*row.term_sourced_ids, course.school_year_sourced_id if course else "")
        found = (self._sessions[session] for session in sessions if session in self._sessions)
        year = next(found, SchoolYear.of(self._batch.on))
        if row.class_type == _HOMEROOM:
            self.groups[row.sourced_id] = Group(self._form(row, year), is_form=True, year=year)
        else:
            number = self._batch.ids(AcademicUnit).of(f"oneroster:class:{row.sourced_id}")
            self.groups[row.sourced_id] = Group(number, is_form=False, year=year)
            self._classes.append(row)

    def finish(self) -> None:
        """Stage the courses that have classes, then the classes."""
        years = {row.course_sourced_id: self.groups[row.sourced_id].year for row in self._classes}
        for number, year in years.items():
            if course := self._courses.get(number):
                self._unit("course", course, year, code=course.course_code)
        for row in self._classes:
            self._unit("class", row, self.groups[row.sourced_id].year, code=row.class_code)

    def _year(self, year: SchoolYear, **said: object) -> int:
        number = self._batch.ids(AcademicYear, "code").of(year.code)
        self._batch.add(YEAR, number, code=year.code, academic_year_name=year.code, **said)
        return number

    def year_id(self, year: SchoolYear) -> int:
        """The id of a school year, which is staged from September to August when nobody has told of it."""
        ids = self._batch.ids(AcademicYear, "code")
        if year.code in ids.known and year.code not in ids.new:
            return ids.known[year.code]
        return self._year(year, start_date=year.first_day, end_date=year.last_day)

    def _form(self, row: SchoolClass, year: SchoolYear) -> int:
        name = row.class_code or row.title
        key = f"{year.code}:{name}"
        number = self._batch.ids(RegistrationForm).of(key)
        said = {"registration_form_name": name, "short_name": name, "academic_year_id": self.year_id(year)}
        self._batch.add(FORM, number, **said, source_key=key)
        return number

    def _unit(self, kind: str, row: Course | SchoolClass, year: SchoolYear, *, code: str) -> None:
        ids = self._batch.ids(AcademicUnit)
        key = f"oneroster:{kind}:{row.sourced_id}"
        parent = None
        if isinstance(row, SchoolClass) and row.course_sourced_id in self._courses:
            parent = ids.of(f"oneroster:course:{row.course_sourced_id}")
        level = f"{year.code}:{row.grades[0]}" if len(row.grades) == 1 else ""
        self._batch.add(
            UNIT,
            ids.of(key),
            academic_unit_name=row.title,
            short_name=code or None,
            academic_unit_code=code or None,
            academic_year_id=self.year_id(year),
            parent_academic_unit_id=parent,
            subject_id=self._subject(row),
            academic_level_id=self._batch.ids(AcademicLevel).known.get(level),
            unique_identifier=row.sourced_id,
            source_key=key,
        )

    def _subject(self, row: Course | SchoolClass) -> int | None:
        """The subject of the school's list by name or code; one that it lacks is added to it."""
        name = row.subjects[0] if row.subjects else ""
        given = row.subject_codes[0] if isinstance(row, Course) and row.subject_codes else ""
        if not name:
            return None
        found = self._batch.code_or_none(Subject, name) or (self._batch.code_or_none(Subject, given) if given else None)
        if found is not None:
            return found
        code = as_code(name) or as_code(given) or "OTHER"
        number = self._batch.ids(Subject, "code").of(code)
        self._batch.add(SUBJECT, number, code=code, subject_name=name, export_code=given)
        return number
