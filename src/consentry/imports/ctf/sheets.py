"""The data types that a common transfer file fills, those that others refer to first."""

from typing import Final

from consentry.imports.applying.sheet import Sheet
from consentry.imports.marks.stage import MARKS_WITHOUT_MINUTES
from consentry.records.models import (
    AcademicLevel,
    AcademicLevelMembership,
    AcademicYear,
    AcademicYearEnrolment,
    EducationalInstitution,
    EducationalInstitutionEnrolment,
    EmailAddress,
    Guardian,
    LanguageAbility,
    Person,
    PostalAddress,
    PostalAddressOccupancy,
    RegistrationForm,
    RegistrationFormMembership,
    SenStatusAssignment,
    Student,
    StudentGuardianRelationship,
    TelephoneNumber,
    UpnAssignment,
)

_KEY: Final = ("source_key",)

SCHOOL: Final = Sheet(
    EducationalInstitution, ("educational_institution_name",), once=("urn", "establishment_number", "source_key")
)
YEAR: Final = Sheet(AcademicYear, once=("code", "academic_year_name", "start_date", "end_date"))
LEVEL: Final = Sheet(
    AcademicLevel, once=("academic_level_name", "short_name", "curriculum_grade_id", "academic_year_id", *_KEY)
)
FORM: Final = Sheet(RegistrationForm, once=("registration_form_name", "short_name", "academic_year_id", *_KEY))
# Nothing said of a person leaves what the school knows; a whole middle name that went is told by the school itself.
PERSON: Final = Sheet(
    Person,
    (
        "gender_id",
        "title_id",
        "legal_first_name",
        "legal_middle_names",
        "legal_last_name",
        "preferred_first_name",
        "preferred_last_name",
        "date_of_birth",
    ),
    once=_KEY,
    keeps_unsaid=True,
)
STUDENT: Final = Sheet(
    Student,
    ("ethnicity_id", "ethnicity_source", "unique_learner_number"),
    once=("person_id", *_KEY),
    keeps_unsaid=True,
)
UPN: Final = Sheet(
    UpnAssignment,
    ("end_datetime",),
    once=(
        "student_id",
        "upn",
        "issued_year",
        "issued_local_authority",
        "issued_establishment_number",
        "issued_serial_number",
        "is_temporary",
    ),
)
ON_ROLL: Final = Sheet(EducationalInstitutionEnrolment, ("entry_date", "leaving_date"), once=("student_id", *_KEY))
_PART_OF_YEAR: Final = ("start_date", "end_date")
IN_YEAR: Final = Sheet(AcademicYearEnrolment, _PART_OF_YEAR, once=("academic_year_id", "student_id", *_KEY))
IN_LEVEL: Final = Sheet(AcademicLevelMembership, ("academic_level_id", *_PART_OF_YEAR), once=("student_id", *_KEY))
IN_FORM: Final = Sheet(RegistrationFormMembership, ("registration_form_id", *_PART_OF_YEAR), once=("student_id", *_KEY))
SEN: Final = Sheet(SenStatusAssignment, ("end_date",), along=_KEY, match=("student_id", "start_date", "sen_status_id"))
LANGUAGE: Final = Sheet(
    LanguageAbility,
    ("is_first_language", "is_spoken_at_home"),
    match=("person_type", "person_id", "language_id"),
)
GUARDIAN: Final = Sheet(Guardian, once=("person_id", *_KEY))
RELATIONSHIP: Final = Sheet(
    StudentGuardianRelationship,
    ("guardian_relationship_type_id", "is_legal_guardian", "is_primary_guardian", "emergency_contact_priority"),
    once=("student_id", "guardian_id", *_KEY),
)
EMAIL: Final = Sheet(
    EmailAddress, ("email_address",), once=("email_address_owner_type", "email_address_owner_id", *_KEY)
)
PHONE: Final = Sheet(
    TelephoneNumber,
    ("number", "telephone_number_ranking"),
    once=("number_owner_type", "number_owner_id", "telephone_number_type", *_KEY),
)
ADDRESS: Final = Sheet(
    PostalAddress,
    (
        "address1",
        "address2",
        "address3",
        "postal_town",
        "postal_state",
        "postal_code",
        "unique_property_reference_number",
        "country_id",
    ),
    once=_KEY,
)
OCCUPANCY: Final = Sheet(
    PostalAddressOccupancy,
    ("postal_address_id",),
    once=("occupant_type", "occupant_id", "postal_address_type", "is_correspondence_address", *_KEY),
)

SHEETS: Final = (
    SCHOOL,
    YEAR,
    LEVEL,
    FORM,
    PERSON,
    STUDENT,
    UPN,
    ON_ROLL,
    IN_YEAR,
    IN_LEVEL,
    IN_FORM,
    SEN,
    LANGUAGE,
    GUARDIAN,
    RELATIONSHIP,
    EMAIL,
    PHONE,
    ADDRESS,
    OCCUPANCY,
    MARKS_WITHOUT_MINUTES,
)
