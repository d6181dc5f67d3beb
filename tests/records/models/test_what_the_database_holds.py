"""What no hand-written statement and no mistake of ours can break: school walls, periods, natural keys."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.models.expressions import RawSQL

from consentry.audit.reading import reading
from consentry.records.actions.analyze_new_tables import analyze_new_tables
from consentry.records.models import (
    AcademicYear,
    AcademicYearEnrolment,
    AttendanceMark,
    AttendanceRollCall,
    AttendanceRollCallRecord,
    Gender,
    Person,
    PostalAddress,
    Student,
    UpnAssignment,
)
from consentry.rules.identity import SchoolId
from tests.records.models.school import add_student, at_revision, open_school


def test_the_migrations_say_what_the_models_say(module_database: str) -> None:
    call_command("makemigrations", "records", check=True, dry_run=True, verbosity=0)


def test_a_record_of_another_school_cannot_be_referenced(oakfield: SchoolId, elmwood: SchoolId) -> None:
    with at_revision(elmwood, 1):
        stranger = Person.objects.create(school_id=elmwood, revision_id=1)

    with pytest.raises(ValueError, match="same school"):
        Student(school_id=oakfield, revision_id=1, person=stranger)
    with pytest.raises(DatabaseError, match="student_person_fk"), at_revision(oakfield, 1):
        Student.objects.create(school_id=oakfield, revision_id=1, person_id=stranger.id)


def test_records_of_another_school_are_neither_seen_nor_written(oakfield: SchoolId, elmwood: SchoolId) -> None:
    with at_revision(oakfield, 1):
        person = Person.objects.create(school_id=oakfield, revision_id=1, legal_first_name="Ada")

    with at_revision(elmwood, 1):
        assert not Person.objects.all().exists()
        assert Person.objects.filter(id=person.id).update(legal_first_name="Eve") == 0
        assert Person.objects.filter(id=person.id).delete()[0] == 0
    with pytest.raises(DatabaseError, match="row-level security"), at_revision(elmwood, 1):
        Person.objects.create(school_id=oakfield, revision_id=1)
    with reading(oakfield):
        assert Person.objects.get().legal_first_name == "Ada"


def test_two_schools_may_use_the_same_code_but_one_school_only_once(oakfield: SchoolId, elmwood: SchoolId) -> None:
    for school in (oakfield, elmwood):
        with at_revision(school, 1):
            Gender.objects.create(school_id=school, revision_id=1, code="MALE")

    with pytest.raises(DatabaseError, match="gender_code"), at_revision(oakfield, 2):
        Gender.objects.create(school_id=oakfield, revision_id=2, code="MALE")


@pytest.mark.parametrize("code", ["A/B", "A?B", "A#B", "A%B", "A\\B", "A\nB", "", ".", "..", "rest-v2"])
def test_a_code_can_stand_in_an_address(oakfield: SchoolId, code: str) -> None:
    with pytest.raises(DatabaseError, match="gender_code_addressable"), at_revision(oakfield, 1):
        Gender.objects.create(school_id=oakfield, revision_id=1, code=code)


def test_two_codes_of_a_school_never_share_an_address(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1):
        Gender.objects.create(school_id=oakfield, revision_id=1, code="DOBBS EVENT 2")

    with pytest.raises(DatabaseError, match="gender_address"), at_revision(oakfield, 2):
        Gender.objects.create(school_id=oakfield, revision_id=2, code="DOBBS_EVENT 2")


@pytest.mark.parametrize("column", ["lat", "lng"])
@pytest.mark.parametrize("number", ["cast('NaN' as numeric)", "181", "-180.000001"])  # xdist splits scopes at "::"
def test_a_place_is_on_the_earth(oakfield: SchoolId, column: str, number: str) -> None:
    with pytest.raises(DatabaseError, match=f"{column}_in_range"), at_revision(oakfield, 1):
        PostalAddress.objects.create(school_id=oakfield, revision_id=1, **{column: RawSQL(number, ())})  # noqa: S611 - no outside text


def test_an_enrolment_may_end_on_its_first_day_but_not_before(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1):
        student = add_student(oakfield)
        year = AcademicYear.objects.create(
            school_id=oakfield,
            revision_id=1,
            code="2025-2026",
            start_date=date(2025, 9, 1),
            end_date=date(2026, 8, 31),
        )
        enrolment = AcademicYearEnrolment.objects.create(
            school_id=oakfield,
            revision_id=1,
            academic_year=year,
            student=student,
            start_date=date(2025, 9, 3),
            end_date=date(2025, 9, 3),
        )

    with pytest.raises(DatabaseError, match="end_date_after_start_date"), at_revision(oakfield, 2):
        AcademicYearEnrolment.objects.filter(id=enrolment.id).update(end_date=date(2025, 9, 2))


def test_an_import_finds_its_row_again_by_its_source_key(oakfield: SchoolId, elmwood: SchoolId) -> None:
    for school in (oakfield, elmwood):
        with at_revision(school, 1):
            Person.objects.create(school_id=school, revision_id=1, source_key="oneroster:user:1")
            Person.objects.bulk_create(Person(school_id=school, revision_id=1) for _ in range(2))

    with pytest.raises(DatabaseError, match="person_source_key"), at_revision(oakfield, 2):
        Person.objects.create(school_id=oakfield, revision_id=2, source_key="oneroster:user:1")


def test_a_upn_belongs_to_one_pupil_at_a_time(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1):
        first, second = add_student(oakfield), add_student(oakfield)
        ended = datetime(2025, 9, 1, tzinfo=UTC)
        for end in (ended, ended, None):
            UpnAssignment.objects.create(
                school_id=oakfield, revision_id=1, student=first, upn="R201100018042", end_datetime=end
            )

    with pytest.raises(DatabaseError, match="current_upn"), at_revision(oakfield, 2):
        UpnAssignment.objects.create(school_id=oakfield, revision_id=2, student=second, upn="R201100018042")


def test_a_pupil_has_one_mark_at_each_roll_call(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1):
        student = add_student(oakfield)
        roll_call = AttendanceRollCall.objects.create(school_id=oakfield, revision_id=1, code="AM")
        mark = AttendanceMark.objects.create(school_id=oakfield, revision_id=1, code="PRESENT_AM")
        of_monday = {"student": student, "attendance_roll_call": roll_call, "record_date": date(2025, 11, 3)}
        row = {"school_id": oakfield, "revision_id": 1, "attendance_mark": mark, **of_monday}
        AttendanceRollCallRecord.objects.create(**row)

    with pytest.raises(DatabaseError, match="attendancerollcallrecord_once"), at_revision(oakfield, 2):
        AttendanceRollCallRecord.objects.create(**row)
    with pytest.raises(DatabaseError, match="minutes_late_not_negative"), at_revision(oakfield, 2):
        AttendanceRollCallRecord.objects.update(minutes_late=-1)


def test_the_table_of_roll_call_records_carries_three_indexes_only(module_database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select substring(indexdef from 'btree (.*)') from pg_indexes"
            " where tablename = 'records_attendancerollcallrecord' order by 1"
        )
        assert [columns for (columns,) in cursor.fetchall()] == [
            "(school_id, id)",
            "(school_id, record_date)",
            "(school_id, student_id, record_date, attendance_roll_call_id)",
        ]


def test_a_table_is_analysed_when_it_is_filled_for_the_first_time_only(database: str) -> None:
    def rows_on_record() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select reltuples from pg_class where relname = 'records_person'")
            return int(cursor.fetchone()[0])

    school = open_school("oakfield")
    assert rows_on_record() < 1
    for _ in range(2):
        with at_revision(school, 1):
            Person.objects.bulk_create(Person(school_id=school, revision_id=1) for _ in range(40))
            analyze_new_tables(Person)
        assert rows_on_record() == 40
