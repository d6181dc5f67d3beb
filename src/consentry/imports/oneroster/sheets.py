"""The data types that a OneRoster file fills, those that others refer to first."""

from typing import Final

from consentry.imports.applying.sheet import Sheet
from consentry.imports.ctf.sheets import EMAIL, FORM, ON_ROLL, PERSON, STUDENT, UPN
from consentry.records.models import (
    AcademicUnit,
    AcademicUnitEnrolment,
    AcademicUnitLead,
    AcademicYear,
    RegistrationFormMembership,
    RegistrationFormTutor,
    Staff,
    Subject,
)

_KEY: Final = ("source_key",)
_DAYS: Final = ("start_date", "end_date")

YEAR: Final = Sheet(AcademicYear, _DAYS, once=("code", "academic_year_name"))
SUBJECT: Final = Sheet(Subject, once=("code", "subject_name", "export_code"))
STAFF: Final = Sheet(Staff, ("staff_number",), once=("person_id", *_KEY), keeps_unsaid=True)
UNIT: Final = Sheet(
    AcademicUnit,
    (
        "academic_unit_name",
        "short_name",
        "academic_unit_code",
        "academic_year_id",
        "parent_academic_unit_id",
        "subject_id",
        "academic_level_id",
    ),
    once=("unique_identifier", *_KEY),
    kept=("subject_id",),
)
LEARNS: Final = Sheet(AcademicUnitEnrolment, _DAYS, once=("academic_unit_id", "student_id", *_KEY))
LEADS: Final = Sheet(AcademicUnitLead, _DAYS, once=("academic_unit_id", "staff_id", *_KEY))
TUTORS: Final = Sheet(RegistrationFormTutor, _DAYS, once=("registration_form_id", "staff_id", *_KEY))
# Common transfer files say the days of a form as well: they are left as they are while the form is the same.
IN_FORM: Final = Sheet(RegistrationFormMembership, ("registration_form_id",), once=("student_id", *_KEY), along=_DAYS)

SHEETS: Final = (
    YEAR,
    SUBJECT,
    FORM,
    PERSON,
    STUDENT,
    UPN,
    ON_ROLL,
    STAFF,
    EMAIL,
    UNIT,
    IN_FORM,
    TUTORS,
    LEARNS,
    LEADS,
)
