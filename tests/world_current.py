"""A school as it is today: courses, forms, pupils on roll, staff, and those who are not there any more or not yet."""

from datetime import UTC, date, datetime
from typing import Any

from consentry.records.models import (
    AcademicLevel,
    AcademicLevelMembership,
    AcademicUnit,
    AcademicYear,
    EducationalInstitutionEnrolment,
    EmailAddress,
    Guardian,
    Person,
    RegistrationForm,
    RegistrationFormMembership,
    Staff,
    StaffContract,
    Student,
    StudentGuardianRelationship,
    Subject,
    UpnAssignment,
)
from consentry.records.models.base import Record
from consentry.schools.models import Site
from tests.world_records import writing

BEGAN = date(2025, 9, 1)
LONG_AGO = datetime(2020, 9, 1, tzinfo=UTC)


class Today:
    """Writes records of one site, in an open change."""

    def __init__(self, every: dict[str, Any]) -> None:
        self._every = every
        self.year = self._year(2025)
        self.last_year = self._year(2024)
        self.level: Any = self.add(AcademicLevel, academic_level_name="Year 7", academic_year=self.year)
        self.maths: Any = self.add(Subject, code="MATHS", subject_name="Maths")
        self.form = self.add_form("7A", short_name="7A")

    def add(self, model: type[Record], **said: Any) -> Any:
        """One record."""
        return model._base_manager.create(**self._every, **said)

    def _year(self, starts: int) -> Any:
        first, last = date(starts, 9, 1), date(starts + 1, 8, 31)
        return self.add(AcademicYear, code=f"{starts}-{starts + 1}", start_date=first, end_date=last)

    def add_form(self, name: str, **said: Any) -> Any:
        """A form of this year, unless told otherwise."""
        return self.add(RegistrationForm, registration_form_name=name, **{"academic_year": self.year} | said)

    def add_course(self, name: str | None, **said: Any) -> Any:
        """A course of this year, unless told otherwise."""
        return self.add(AcademicUnit, academic_unit_name=name, **{"academic_year": self.year} | said)

    def add_person(self, first: str, last: str | None, **said: Any) -> Any:
        """A person."""
        return self.add(Person, legal_first_name=first, legal_last_name=last, **said)

    def add_pupil(self, first: str, last: str | None, *, entry: date = BEGAN, leaving: date | None = None) -> Any:
        """A pupil who is on roll from day to day, and of whom nothing else is known."""
        student = self.add(Student, person=self.add_person(first, last))
        self.add(EducationalInstitutionEnrolment, student=student, entry_date=entry, leaving_date=leaving)
        return student

    def give_upn(self, student: Any, upn: str, **said: Any) -> None:
        """A UPN since long ago."""
        self.add(UpnAssignment, student=student, upn=upn, **{"start_datetime": LONG_AGO} | said)

    def put_in_form(self, student: Any, form: Any = None, **said: Any) -> None:
        """In this form, or in 7A, since the year began."""
        days = {"start_date": BEGAN} | said
        self.add(RegistrationFormMembership, student=student, registration_form=form or self.form, **days)

    def put_in_year_group(self, student: Any) -> None:
        """In Year 7 since the year began."""
        self.add(AcademicLevelMembership, student=student, academic_level=self.level, start_date=BEGAN)

    def give_email(self, owner: Record, address: str) -> None:
        """An email address."""
        kind = type(owner).__name__
        self.add(EmailAddress, email_address_owner_type=kind, email_address_owner_id=owner.id, email_address=address)

    def give_guardian(self, student: Any, name: str, email: str = "", **said: Any) -> Any:
        """A guardian of the same surname."""
        guardian = self.add(Guardian, person=self.add_person(name, student.person.legal_last_name, **said))
        self.add(StudentGuardianRelationship, student=student, guardian=guardian)
        if email:
            self.give_email(guardian, email)
        return guardian

    def add_staff(self, first: str, last: str, *contracts: tuple[date, date | None], number: str = "") -> Any:
        """A member of staff with contracts that run from day to day."""
        staff = self.add(Staff, person=self.add_person(first, last), staff_number=number or None)
        for start, end in contracts:
            self.add(StaffContract, staff=staff, start_date=start, end_date=end)
        return staff

    def add_complete_pupil(self, first: str, last: str | None, upn: str) -> Any:
        """A pupil of whom everything is known that any app could need."""
        student = self.add_pupil(first, last)
        self.give_upn(student, upn)
        self.put_in_form(student)
        self.put_in_year_group(student)
        self.give_email(student, f"{first.lower()}@pupils.example")
        self.give_guardian(student, "Mo", f"mo.{first.lower()}@home.example")
        return student


def fill(site: Site) -> None:
    """One of everything that a check looks at, right and wrong, and of what it must pass over."""
    with writing(site) as every:
        today = Today(every)
        _fill_courses(today)
        _fill_pupils(today)
        _fill_staff(today)


def _fill_courses(today: Today) -> None:
    maths = today.add_course("Maths year 7", subject=today.maths, academic_unit_code="MA7")
    today.add_course("7A Maths", parent_academic_unit=maths, academic_unit_code="7A/MA")
    today.add_course(None, long_name="Chess club")
    today.add_course("Drama", end_date=date(2025, 10, 1))
    today.add_course("History year 6", academic_year=today.last_year)
    today.add_course("7A registration", registration_form=today.form, academic_level=today.level)
    today.add_form("Oak", code="OAK")
    today.add_form("6Z", academic_year=today.last_year)


def _fill_pupils(today: Today) -> None:
    """Complete, without a surname, twins, leavers, an applicant, at two schools, with a new number and a new name."""
    today.add_complete_pupil("Ada", "Ng", "A801200001001")
    today.add_pupil("Sukarno", None)
    for name in ("Ava", "Ada"):
        twin = today.add_pupil(name, "Moss")
        today.put_in_form(twin)
    today.add_pupil("Leo", "Left", leaving=date(2025, 10, 3))
    today.add_pupil("Ana", "Applies", entry=date(2026, 1, 5))
    today.add_pupil("Theo", "Today", leaving=date(2025, 11, 3))
    dual = today.add_complete_pupil("Dua", "Twoschools", "A801200001002")
    today.add(EducationalInstitutionEnrolment, student=dual, entry_date=date(2025, 9, 15))
    renumbered = today.add_complete_pupil("Nina", "Number", "A80120000103A")
    UpnAssignment.objects.filter(student_id=renumbered.id).update(end_datetime=datetime(2025, 10, 1, tzinfo=UTC))
    stays = today.add_pupil("Stan", "Still")
    today.put_in_form(stays, today.add_form("6Y", academic_year=today.last_year))
    today.give_upn(stays, "A80120000104A", is_temporary=True)
    today.give_guardian(stays, "Gran", "gran@home.example", deceased=True)


def _fill_staff(today: Today) -> None:
    teaches = today.add_staff("Tara", "Teach", (BEGAN, None), number="11")
    today.give_email(teaches, "tara@oakfield.example")
    today.add_staff("Nora", "Nocontract", number="12")
    today.add_staff("Gus", "Gone", (date(2020, 9, 1), date(2025, 8, 31)))
    today.add_staff("Sue", "Soon", (date(2026, 1, 1), None))
    back = today.add_staff("Bea", "Back", (date(2020, 9, 1), date(2023, 8, 31)), (BEGAN, date(2025, 11, 3)))
    today.give_email(back.person, "bea@elsewhere.example")
