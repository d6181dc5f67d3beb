"""Every record enters the register by itself, and rows are seen by their own school alone."""

from django.db import migrations
from django.db.migrations.operations.base import Operation

from consentry.audit.row_security import append_only, only_own_site

DATA_TYPES = {
    "records_academiclevel": "AcademicLevel",
    "records_academiclevelmembership": "AcademicLevelMembership",
    "records_academicleveltutor": "AcademicLevelTutor",
    "records_academicunit": "AcademicUnit",
    "records_academicunitenrolment": "AcademicUnitEnrolment",
    "records_academicunitlead": "AcademicUnitLead",
    "records_academicyear": "AcademicYear",
    "records_academicyearenrolment": "AcademicYearEnrolment",
    "records_attendancemark": "AttendanceMark",
    "records_attendancerollcall": "AttendanceRollCall",
    "records_attendancerollcallrecord": "AttendanceRollCallRecord",
    "records_country": "Country",
    "records_curriculumgrade": "CurriculumGrade",
    "records_educationalinstitution": "EducationalInstitution",
    "records_educationalinstitutionenrolment": "EducationalInstitutionEnrolment",
    "records_emailaddress": "EmailAddress",
    "records_ethnicity": "Ethnicity",
    "records_gender": "Gender",
    "records_guardian": "Guardian",
    "records_guardianrelationshiptype": "GuardianRelationshipType",
    "records_house": "House",
    "records_housemembership": "HouseMembership",
    "records_housetutor": "HouseTutor",
    "records_language": "Language",
    "records_languageability": "LanguageAbility",
    "records_medicalcondition": "MedicalCondition",
    "records_medicalconditiontype": "MedicalConditionType",
    "records_person": "Person",
    "records_postaladdress": "PostalAddress",
    "records_postaladdressoccupancy": "PostalAddressOccupancy",
    "records_registrationform": "RegistrationForm",
    "records_registrationformmembership": "RegistrationFormMembership",
    "records_registrationformtutor": "RegistrationFormTutor",
    "records_religion": "Religion",
    "records_room": "Room",
    "records_schoolplace": "Site",
    "records_senstatus": "SenStatus",
    "records_senstatusassignment": "SenStatusAssignment",
    "records_staff": "Staff",
    "records_staffcontract": "StaffContract",
    "records_student": "Student",
    "records_studentguardianrelationship": "StudentGuardianRelationship",
    "records_subject": "Subject",
    "records_tag": "Tag",
    "records_tagging": "Tagging",
    "records_telephonenumber": "TelephoneNumber",
    "records_title": "Title",
    "records_upnassignment": "UkDfe_UpnAssignment",
}
"""Table → the data type's name in the register."""

REGISTER_NEW = """
create function register_new_records() returns trigger language plpgsql as $$
begin
    -- All added rows are of this one school: row security lets in no others.
    perform from schools_site where id = nullif(current_setting('app.school', true), '')::bigint for key share;
    if not found then
        raise exception 'there is no such site' using errcode = 'foreign_key_violation';
    end if;
    insert into records_registerentry (school_id, entity_type, record_id, created_revision)
    select school_id, tg_argv[0], id, revision_id from added;
    return null;
end $$;
"""

# A deletion outside a revision fails: then `app.revision` is not set.
REGISTER_GONE = """
create function register_gone_records() returns trigger language plpgsql as $$
declare
    revision constant bigint := current_setting('app.revision')::bigint;
begin
    update records_registerentry as entry set deleted_revision = revision
    from removed
    where entry.school_id = removed.school_id and entry.entity_type = tg_argv[0] and entry.record_id = removed.id;
    return null;
end $$;
"""

# A table that was filled for the first time in this transaction has no statistics yet, and the check of a key then
# reads all rows of the school for each row that is added. Only the owner may gather them, hence security definer.
ANALYZE_NEW = """
create function analyze_new_tables(tables text[]) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
declare
    name text;
begin
    for name in
        select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname = any(tables) and reltuples < 1
    loop
        execute format('analyze %I', name);
    end loop;
end $$;
"""


def _registered(table: str, data_type: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger register_new after insert on {table} referencing new table as added "
        f"for each statement execute function register_new_records('{data_type}');"
        f"create trigger register_gone after delete on {table} referencing old table as removed "
        f"for each statement execute function register_gone_records('{data_type}');",
        f"drop trigger register_new on {table}; drop trigger register_gone on {table};",
    )


class Migration(migrations.Migration):
    """Triggers and policies on every table of records, policies on the register and the history."""

    dependencies = [("records", "0001_initial"), ("audit", "0002_wall")]

    operations = [
        migrations.RunSQL(REGISTER_NEW, "drop function register_new_records()"),
        migrations.RunSQL(REGISTER_GONE, "drop function register_gone_records()"),
        migrations.RunSQL(ANALYZE_NEW, "drop function analyze_new_tables(text[])"),
        *[_registered(table, data_type) for table, data_type in DATA_TYPES.items()],
        *[only_own_site(table) for table in DATA_TYPES],
        only_own_site("records_usertag"),
        only_own_site("records_registerentry"),
        only_own_site("records_revisioncounter"),
        only_own_site("records_revision"),
        only_own_site("records_recordchange"),
        append_only("records_revision"),
        append_only("records_recordchange"),
    ]
