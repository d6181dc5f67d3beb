"""What records are known by beside their ids, so that they can be found again after a site was wiped and filled anew.

Either by parts, all of which must be the same, or by texts of which any is enough (a pupil by every UPN they have had).
A part is an attribute of the model: `a|b` takes the first that is not empty, `a?` may be empty. A part that is a
reference stands for the record that it leads to, whatever that one is known by.
"""

from dataclasses import dataclass
from typing import Final

from consentry.records import models
from consentry.records.models.base import Record
from consentry.records.models.code_list import CodeList


@dataclass(frozen=True)
class Parts:
    """All of these together."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class AnyOf:
    """Any of the texts that `sql` selects as (id, reference, text) at the school %(school)s.

    `through` are the types of the references; a text that comes with a reference counts for the record behind it.
    """

    sql: str
    through: tuple[type[Record], ...] = ()


NaturalKey = Parts | AnyOf


def _parts(*names: str) -> Parts:
    return Parts(names)


PEOPLE: Final = (models.Student, models.Staff, models.Guardian, models.Person)
"""Whom references to records of any type are followed to."""

# A pupil without a UPN is known by their number here, or by the key they had where they came from; one who has a UPN is
# not, because numbers are given out anew.
_STUDENT = """
select student_id as id, null::bigint as reference, upn as text from records_upnassignment
where school_id = %(school)s
union all
select s.id, null, coalesce('number ' || s.student_number, s.source_key) from records_student s
where s.school_id = %(school)s and coalesce(s.student_number, s.source_key) is not null and not exists (
    select from records_upnassignment u where u.school_id = s.school_id and u.student_id = s.id
)
"""

_GUARDIAN = """
select g.id, r.student_id as reference,
    lower(concat_ws(' ', nullif(p.legal_first_name, ''), nullif(p.legal_last_name, ''))) as text
from records_guardian g
join records_person p on p.school_id = g.school_id and p.id = g.person_id
join records_studentguardianrelationship r on r.school_id = g.school_id and r.guardian_id = g.id
where g.school_id = %(school)s and coalesce(p.legal_first_name, p.legal_last_name) is not null
"""

_PERSON = """
select person_id as id, id as reference, '' as text from records_student where school_id = %(school)s
union all select person_id, id, '' from records_staff where school_id = %(school)s
union all select person_id, id, '' from records_guardian where school_id = %(school)s
"""

_ADDRESS = """
select a.id, o.occupant_id as reference,
    lower(concat_ws(' ', nullif(a.address1, ''), nullif(a.postal_code, ''))) as text
from records_postaladdress a
join records_postaladdressoccupancy o on o.school_id = a.school_id and o.postal_address_id = a.id
where a.school_id = %(school)s and coalesce(a.address1, a.postal_code) is not null
"""

_KEYS: Final[dict[type[Record], NaturalKey]] = {
    models.AcademicLevel: _parts("academic_year", "short_name|academic_level_name"),
    models.AcademicLevelMembership: _parts("academic_level", "student", "start_date"),
    models.AcademicLevelTutor: _parts("academic_level", "staff", "start_date"),
    models.AcademicUnit: _parts(
        "academic_year", "academic_unit_code|unique_identifier|short_name", "academic_unit_name|long_name"
    ),
    models.AcademicUnitEnrolment: _parts("academic_unit", "student", "start_date"),
    models.AcademicUnitLead: _parts("academic_unit", "staff", "start_date"),
    models.AcademicYear: _parts("code"),
    models.AcademicYearEnrolment: _parts("academic_year", "student", "start_date"),
    models.AttendanceRollCallRecord: _parts("student", "record_date", "attendance_roll_call"),
    models.EducationalInstitution: _parts("urn|educational_institution_name"),
    models.EducationalInstitutionEnrolment: _parts("student", "entry_date"),
    models.EmailAddress: _parts("email_address_owner", "email_address"),
    models.Guardian: AnyOf(_GUARDIAN, (models.Student,)),
    models.House: _parts("academic_year", "house_name"),
    models.HouseMembership: _parts("house", "student", "start_date"),
    models.HouseTutor: _parts("house", "staff", "start_date"),
    models.LanguageAbility: _parts("person", "language"),
    models.MedicalCondition: _parts("person", "medical_condition_type?", "medical_condition_name?", "start_date?"),
    models.Person: AnyOf(_PERSON, (models.Student, models.Staff, models.Guardian)),
    models.PostalAddress: AnyOf(_ADDRESS, PEOPLE),
    models.PostalAddressOccupancy: _parts("occupant", "postal_address", "postal_address_type?", "effective_date?"),
    models.RegistrationForm: _parts("academic_year", "registration_form_name"),
    models.RegistrationFormMembership: _parts("registration_form", "student", "start_date"),
    models.RegistrationFormTutor: _parts("registration_form", "staff", "start_date"),
    models.Room: _parts("site?", "room_name"),
    models.SchoolPlace: _parts("site_name"),
    models.SenStatusAssignment: _parts("student", "sen_status", "start_date"),
    models.Staff: _parts("staff_number|source_key"),
    models.StaffContract: _parts("staff", "contract_reference|payroll_number|contract_name", "start_date?"),
    models.Student: AnyOf(_STUDENT),
    models.StudentGuardianRelationship: _parts("student", "guardian"),
    models.Tag: _parts("tag_identifier"),
    models.Tagging: _parts("tag", "tagged_object", "start_date?"),
    models.TelephoneNumber: _parts("number_owner", "telephone_number_type?", "number"),
    models.UpnAssignment: _parts("student", "upn"),
}

_BY_CODE: Final = _parts("code")


def natural_key(model: type[Record]) -> NaturalKey:
    """What records of this type are known by: of code lists the code. Every data type has one."""
    return _BY_CODE if issubclass(model, CodeList) else _KEYS[model]
