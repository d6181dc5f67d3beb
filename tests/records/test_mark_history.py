"""Whatever changes a mark, the history keeps what stood there before."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.records.models import (
    AttendanceMark,
    AttendanceRollCall,
    AttendanceRollCallRecord,
    MarkChange,
    Revision,
    Student,
)
from consentry.records.writing.register_taken import take_register
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from consentry.workflows.wipe_dummy_site import WipeOrder, wipe_dummy_site
from tests.imports.applied import apply_ctf, apply_marks, rows, sample_of
from tests.imports.test_imports_beside_others import Once, elsewhere
from tests.world import NOW, add_school
from tests.world_records import add_student, writing

LINE = ("session", "before", "after", "minutes_before", "minutes_after", "reason")
MONDAY = date(2025, 9, 8)


@pytest.fixture
def oakfield(database: str) -> Site:
    """With the pupils of the invented school and no marks."""
    site = add_school("oakfield", life=Life.DUMMY)
    apply_ctf(site, sample_of(site))
    return site


def give(site: Site, *lines: str, **more: Any) -> Any:
    """Import marks of the first pupils on Monday, as "AM,N," or "PM,L,7"."""
    pupils = sample_of(site).pupils
    said = [f"{pupil.upn},{MONDAY},{line}" for pupil, line in zip(pupils, lines, strict=False)]
    return apply_marks(site, "\n".join(["upn,date,session,code,minutes_late", *said, ""]).encode(), **more)


def history(site: Site) -> list[tuple[Any, ...]]:
    return sorted(rows(MarkChange, site, *LINE), key=repr)


def mark(site: Site, **said: Any) -> AttendanceRollCallRecord:
    """A mark of one of the pupils, entered in an open change."""
    student = Student.objects.filter(school=site).order_by("id").first()
    assert student is not None
    return AttendanceRollCallRecord.objects.create(
        student_id=student.id,
        record_date=MONDAY,
        attendance_roll_call=AttendanceRollCall.objects.get(school=site, code="AM"),
        attendance_mark=AttendanceMark.objects.get(school=site, code="ILLNESS"),
        **said,
    )


def test_an_import_of_new_marks_makes_no_history(oakfield: Site) -> None:
    give(oakfield, "AM,N,", "AM,L,7")

    assert history(oakfield) == []


def test_what_an_import_changes_is_in_the_history_with_its_author(oakfield: Site) -> None:
    give(oakfield, "AM,N,", "AM,L,7", "AM,/,", "AM,U,40")
    done = give(oakfield, "AM,I,", "AM,L,9", "AM,/,", "AM,/,")

    assert history(oakfield) == [
        ("AM", "LATE", "LATE", 7, 9, ""),
        ("AM", "LATE_AFTER_CLOSED", "PRESENT_AM", 40, None, ""),
        ("AM", "NO_REASON_YET", "ILLNESS", None, None, ""),
    ]
    assert set(rows(MarkChange, oakfield, "revision", "record_date")) == {(done.revision, MONDAY)}
    assert rows(Revision, oakfield, "author_kind", "at", number=done.revision) == [(OPERATOR.kind, NOW)]
    pupils = {student for (student,) in rows(Student, oakfield, "id")}
    assert {student for (student,) in rows(MarkChange, oakfield, "student_id")} < pupils


def test_an_import_that_somebody_overtook_numbers_its_history_as_its_marks(oakfield: Site) -> None:
    give(oakfield, "AM,N,", "AM,N,")
    once = Once(lambda: elsewhere(lambda: add_student(oakfield, "99999", "Grace")).revision_id)
    done = give(oakfield, "AM,I,", "AM,I,", progress=once)

    assert done.revision == once.done + 1
    assert rows(MarkChange, oakfield, "revision") == [(done.revision,)] * 2


def test_a_mark_that_is_removed_leaves_a_line(oakfield: Site) -> None:
    with writing(oakfield) as every:
        found = mark(oakfield, **every)
    with writing(oakfield) as later:
        found.delete()

    assert history(oakfield) == [("AM", "ILLNESS", None, None, None, "")]
    assert rows(MarkChange, oakfield, "revision") == [(later["revision_id"],)]


def test_a_mark_that_moves_to_another_session_leaves_two_lines(oakfield: Site) -> None:
    with writing(oakfield) as every:
        found = mark(oakfield, **every)
    with writing(oakfield) as later:
        found.attendance_roll_call = AttendanceRollCall.objects.get(school=oakfield, code="PM")
        found.revision_id = later["revision_id"]
        found.save()

    assert history(oakfield) == [("AM", "ILLNESS", None, None, None, ""), ("PM", None, "ILLNESS", None, None, "")]
    assert rows(MarkChange, oakfield, "revision") == [(later["revision_id"],)] * 2


def test_a_new_mark_is_told_of_where_a_register_is_taken_and_nowhere_else(oakfield: Site) -> None:
    with writing(oakfield) as every:
        take_register("The tutor was late")
        mark(oakfield, minutes_late=None, **every)
    with writing(oakfield) as later:
        AttendanceRollCallRecord.objects.filter(school=oakfield).update(source="Corrected", **later)

    assert history(oakfield) == [("AM", None, "ILLNESS", None, None, "The tutor was late")]


def test_the_history_is_never_rewritten(oakfield: Site) -> None:
    """Not even by who says that a site is being wiped: that lets go of lines, and changes none."""
    give(oakfield, "AM,N,")
    give(oakfield, "AM,I,")

    for statement in (
        "update records_markchange set reason = 'mine'",
        "set local app.wiping = 'on'; update records_markchange set after = 'LATE'",
        "delete from records_markchange",
    ):
        with pytest.raises(DatabaseError, match="append-only"), reading(school_id(oakfield)):
            connection.cursor().execute(statement)
    assert history(oakfield) == [("AM", "NO_REASON_YET", "ILLNESS", None, None, "")]


def test_the_history_is_seen_by_its_own_school_alone(oakfield: Site) -> None:
    give(oakfield, "AM,N,")
    give(oakfield, "AM,I,")

    with reading(school_id(add_school("elmwood"))):
        assert MarkChange.objects.count() == 0


def test_the_wiping_of_a_dummy_site_takes_the_history_along(oakfield: Site) -> None:
    """It tells of the health of pupils; a wipe itself makes no history of the marks that it deletes."""
    give(oakfield, "AM,N,")
    give(oakfield, "AM,I,")
    wipe_dummy_site(oakfield, WipeOrder(oakfield.name, Life.LIVE), by=OPERATOR, at=NOW)

    assert rows(MarkChange, oakfield, "id") == []
