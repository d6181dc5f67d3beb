"""Files of marks become roll-call records: all of them or none, and only what differs is changed."""

from datetime import date
from typing import Any

import pytest

from consentry.imports.actions.import_marks import import_marks
from consentry.imports.problems import Problems, Reason
from consentry.imports.report import Report, report
from consentry.imports.sample.school import SampleSchool
from consentry.records import models
from consentry.schools.models import Site
from tests.imports.applied import (
    FRIDAY,
    MONDAY,
    apply_ctf,
    apply_marks,
    changes,
    everything,
    problems_of,
    rows,
    sample_of,
)
from tests.world import add_school
from tests.world_records import writing

HEADER = "upn,date,session,code,minutes_late\n"


@pytest.fixture
def oakfield(database: str) -> Site:
    site = add_school("oakfield")
    apply_ctf(site, sample_of(site))
    return site


@pytest.fixture
def school(oakfield: Site) -> SampleSchool:
    return sample_of(oakfield)


def file_of(*lines: str) -> bytes:
    return (HEADER + "\n".join(lines) + "\n").encode()


def marks(site: Site, **filters: Any) -> list[tuple[Any, ...]]:
    columns = "record_date", "attendance_roll_call__code", "attendance_mark__attendance_mark", "minutes_late"
    return sorted(rows(models.AttendanceRollCallRecord, site, *columns, **filters), key=repr)


def test_every_mark_of_the_file_is_a_record(oakfield: Site, school: SampleSchool) -> None:
    data = school.marks(MONDAY, FRIDAY)
    done = apply_marks(oakfield, data)

    lines = [line.split(",") for line in data.decode().splitlines()[1:]]
    assert done.counts["AttendanceRollCallRecord"].added == len(lines) == 12 * 5 * 2
    found = [(str(day), session, code, str(late or "")) for day, session, code, late in marks(oakfield)]
    assert sorted(found) == sorted((day, session, code, late) for _, day, session, code, late in lines)
    assert set(rows(models.AttendanceRollCallRecord, oakfield, "revision_id", "source")) == {
        (done.revision, "Marks file")
    }


def test_importing_marks_twice_changes_nothing(oakfield: Site, school: SampleSchool) -> None:
    apply_marks(oakfield, school.marks(MONDAY, FRIDAY))
    before = everything(oakfield)
    again = apply_marks(oakfield, school.marks(MONDAY, FRIDAY))
    assert (again.added, again.changed, again.unchanged, again.revision) == (0, 0, 120, None)
    assert everything(oakfield) == before


def test_a_changed_mark_is_updated_and_says_which_fields(oakfield: Site, school: SampleSchool) -> None:
    upn, other = school.pupils[0].upn, school.pupils[1].upn
    apply_marks(oakfield, file_of(f"{upn},2025-09-08,AM,N,", f"{other},2025-09-08,AM,/,"))
    done = apply_marks(oakfield, file_of(f"{upn},2025-09-08,AM,L,7", f"{other},2025-09-08,AM,/,"))

    assert (done.added, done.changed, done.unchanged) == (0, 1, 1)
    assert changes(oakfield, done.revision) == [("AttendanceRollCallRecord", ["attendanceMark", "minutesLate"])]
    assert [mark[2:] for mark in marks(oakfield, revision_id=done.revision)] == [("L", 7)]


def test_a_file_without_minutes_takes_none_away(oakfield: Site, school: SampleSchool) -> None:
    upn = school.pupils[0].upn
    apply_marks(oakfield, file_of(f"{upn},2025-09-08,AM,L,7", f"{upn},2025-09-09,AM,L,9"))
    done = apply_marks(oakfield, f"upn,date,session,code\n{upn},2025-09-08,AM,L\n{upn},2025-09-09,AM,/\n".encode())
    assert changes(oakfield, done.revision) == [("AttendanceRollCallRecord", ["attendanceMark"])]
    assert [mark[2:] for mark in marks(oakfield)] == [("L", 7), ("/", None)]


def test_the_report_says_where_and_why_a_file_of_marks_is_refused(oakfield: Site, school: SampleSchool) -> None:
    upn = school.pupils[0].upn
    elsewhere = sample_of(add_school("elmwood")).pupils[0].upn
    early = school.pupils[0].entry_date.replace(day=2)
    data = file_of(
        f"{upn},2025-09-08,AM,/,",
        f"{elsewhere},2025-09-08,AM,/,",
        f"{upn},{early},AM,/,",
        f"{upn},2025-09-08,PM,J,",
        f"{upn},2025-09-09,PM,/,",
    )
    before = everything(oakfield)
    found = problems_of(import_marks, oakfield, data)

    assert [(each.line, each.field, each.reason, each.value) for each in found] == [
        (3, "upn", Reason.UNKNOWN_PUPIL, elsewhere),
        (4, "date", Reason.NOT_ON_ROLL, f"{upn} {early}"),
        (5, "code", Reason.CODE_NOT_IN_FORCE, "J"),
        (6, "code", Reason.CODE_MORNING_ONLY, "/"),
    ]
    assert everything(oakfield) == before
    lines = refused_report(oakfield, data).csv().decode("utf-8-sig").splitlines()
    assert lines[1].startswith(f",3,upn,{elsewhere},There is no pupil with this")


def refused_report(site: Site, data: bytes) -> Report:
    problems = Problems()
    for problem in problems_of(import_marks, site, data):
        problems.keep(problem)
    return report(problems)


def test_a_pupil_who_left_has_marks_until_the_last_day(oakfield: Site, school: SampleSchool) -> None:
    pupil = school.pupils[0]
    student = student_of(oakfield, pupil.upn)
    with writing(oakfield):
        enrolments = models.EducationalInstitutionEnrolment.objects.filter(school=oakfield)
        enrolments.filter(student_id=student).update(leaving_date="2025-09-09")
    assert problems_of(import_marks, oakfield, file_of(f"{pupil.upn},2025-09-09,PM,\\,")) == []
    after = problems_of(import_marks, oakfield, file_of(f"{pupil.upn},2025-09-10,AM,/,"))
    assert [problem.reason for problem in after] == [Reason.NOT_ON_ROLL]


def student_of(site: Site, upn: str) -> int:
    ((student,),) = rows(models.UpnAssignment, site, "student_id", upn=upn)
    return int(student)


def test_a_mark_that_the_schools_list_lacks_is_refused(oakfield: Site, school: SampleSchool) -> None:
    with writing(oakfield):
        models.AttendanceMark.objects.filter(school=oakfield, attendance_mark="V").delete()
    found = problems_of(import_marks, oakfield, file_of(f"{school.pupils[0].upn},2025-09-08,AM,V,"))
    assert [(each.line, each.field, each.reason) for each in found] == [(2, "code", Reason.NOT_IN_LIST)]


def test_a_mark_under_a_former_number_is_the_pupils(oakfield: Site, school: SampleSchool) -> None:
    old = school.pupils[0].upn
    with writing(oakfield):
        models.UpnAssignment.objects.filter(school=oakfield, upn=old).update(end_datetime="2025-09-01T00:00Z")
    assert problems_of(import_marks, oakfield, file_of(f"{old},2025-09-08,AM,/,")) == []
    assert len(marks(oakfield, student_id=student_of(oakfield, old))) == 1


def test_a_bad_last_line_undoes_more_rows_than_wait_in_memory(oakfield: Site, school: SampleSchool) -> None:
    good = school.marks(date(2025, 9, 3), date(2025, 10, 24)).decode()
    before = everything(oakfield)
    found = problems_of(import_marks, oakfield, (good + f"{school.pupils[0].upn},2025-09-08,AM,?,\n").encode())
    assert [problem.reason for problem in found] == [Reason.CODE_UNKNOWN]
    assert everything(oakfield) == before


def test_two_marks_for_one_session_are_refused(oakfield: Site, school: SampleSchool) -> None:
    upn = school.pupils[0].upn
    found = problems_of(import_marks, oakfield, file_of(f"{upn},2025-09-08,AM,/,", f"{upn},2025-09-08,AM,N,"))
    assert [(each.line, each.reason) for each in found] == [(3, Reason.DUPLICATE)]


def test_marks_of_a_school_without_pupils_are_all_refused(database: str) -> None:
    empty = add_school("elmwood")
    found = problems_of(import_marks, empty, sample_of(empty).marks(MONDAY, MONDAY))
    assert {problem.reason for problem in found} == {Reason.UNKNOWN_PUPIL}
    assert len(found) == 24
