"""What a school has today: the courses and forms of its current school year, pupils on roll, and staff.

The current school year is the one that began last: between two years it is still the one that has just ended, so that
nobody looks at an empty school in August.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from consentry.records.models import (
    AcademicUnit,
    AcademicYear,
    EducationalInstitutionEnrolment,
    RegistrationForm,
    Staff,
    StaffContract,
    Student,
)
from consentry.rules.identity import SchoolId


def running(start: str, end: str, on: date) -> Q:
    """Whether a period covers the day: both its days count; a day that it does not name is no bound."""
    begun = Q(**{f"{start}__lte": on}) | Q(**{start: None})
    return begun & (Q(**{f"{end}__gte": on}) | Q(**{end: None}))


def current_year(school: SchoolId, on: date) -> QuerySet[AcademicYear]:
    """The school year that began last; more than one where several began on one day, none before the first."""
    begun = AcademicYear.objects.filter(school=school, start_date__lte=on)
    last = begun.order_by("-start_date").values("start_date")[:1]
    return AcademicYear.objects.filter(school=school, start_date=Subquery(last))


def current_courses(school: SchoolId, on: date) -> QuerySet[AcademicUnit]:
    """Courses and their classes, of the current year, which have not ended.

    Not those that stand for a registration form: a register is called there, nothing is taught.
    """
    years = current_year(school, on).values("id")
    found = AcademicUnit.objects.filter(school=school, academic_year_id__in=years, registration_form_id=None)
    return found.filter(Q(end_date=None) | Q(end_date__gte=on))


def current_forms(school: SchoolId, on: date) -> QuerySet[RegistrationForm]:
    """The registration forms of the current year, those without pupils too: they may yet get some."""
    return RegistrationForm.objects.filter(school=school, academic_year_id__in=current_year(school, on).values("id"))


def pupils_on_roll(school: SchoolId, on: date) -> QuerySet[Student]:
    """Pupils whom a dated enrolment covers: each once, however many enrolments they have.

    Who is registered at a second school as well is on roll here like everybody; who leaves today is until tonight. No
    leavers, and no applicants: their first day is still to come.
    """
    enrolled = EducationalInstitutionEnrolment.objects.filter(school=school, student_id=OuterRef("id"))
    return Student.objects.filter(Exists(enrolled.filter(running("entry_date", "leaving_date", on))), school=school)


def current_staff(school: SchoolId, on: date) -> QuerySet[Staff]:
    """Staff with a contract that runs, and those of whom no contract is known: timetables tell of staff without.

    Nobody whose contracts have all ended or are still to begin, and nobody who has died.
    """
    contracts = StaffContract.objects.filter(school=school, staff_id=OuterRef("id"))
    works = Exists(contracts.filter(running("start_date", "end_date", on))) | ~Exists(contracts)
    return Staff.objects.filter(works, alive("person__"), school=school)


def alive(prefix: str = "") -> Q:
    """Whether nobody has said that the person behind this path has died."""
    return (Q(**{f"{prefix}deceased": None}) | Q(**{f"{prefix}deceased": False})) & Q(
        **{f"{prefix}date_of_death": None}
    )
