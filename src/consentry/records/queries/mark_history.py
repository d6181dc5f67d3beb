"""The marks of one pupil and their history, and who took a register."""

from dataclasses import dataclass
from datetime import date, datetime

from consentry.records.models import AttendanceRollCallRecord, MarkChange, RegisterEntry, Revision, Student
from consentry.records.queries.registers import in_register, named_pupils
from consentry.records.roll_call import Entry, RollCall
from consentry.rules.attendance_codes import BY_CODE
from consentry.rules.identity import SchoolId

MOST = 500
"""Lines of history that are told of one pupil."""


@dataclass(frozen=True)
class Author:
    """Who wrote: a kind of party (audit/actor.py) and its number among these; and when."""

    kind: str
    id: int | None
    at: datetime


@dataclass(frozen=True)
class ToldChange:
    """One line of the history: what stood beside the pupil, what stands there since, why, by whom and when."""

    day: date
    session: str
    before: Entry
    after: Entry
    reason: str
    by: Author


@dataclass(frozen=True)
class Taken:
    """Who entered the first mark of a register, and who wrote to it last."""

    first: Author
    last: Author


def who_took(school: SchoolId, call: RollCall) -> Taken | None:
    """Who took the register and who wrote to it last; None where nobody is marked. Four queries."""
    marks = AttendanceRollCallRecord.objects.filter(
        school=school,
        record_date=call.day,
        attendance_roll_call__code=call.session.value,
        student_id__in=list(in_register(school, call).values_list("id", flat=True)),
    )
    written = dict(marks.values_list("id", "revision_id"))
    if not written:
        return None
    entries = RegisterEntry.objects.filter(
        school=school, entity_type="AttendanceRollCallRecord", record_id__in=list(written)
    )
    first, last = min(entries.values_list("created_revision", flat=True)), max(written.values())
    authors = _authors(school, {first, last})
    return Taken(authors[first], authors[last])


def pupil_of(school: SchoolId, student: int) -> tuple[str, str] | None:
    """The first and the last name that are used of the pupil; None where the school has no such pupil."""
    found = named_pupils(Student.objects.filter(school=school, id=student))
    return found[0][1:] if found else None


def marks_of_pupil(school: SchoolId, student: int, first: date, last: date) -> dict[tuple[date, str], Entry]:
    """What stands beside the pupil from day to day, by day and session."""
    marks = AttendanceRollCallRecord.objects.filter(school=school, student_id=student, record_date__range=(first, last))
    columns = ("record_date", "attendance_roll_call__code", "attendance_mark__attendance_mark", "minutes_late")
    return {(day, session): Entry(mark, late) for day, session, mark, late in marks.values_list(*columns)}


def history_of_pupil(school: SchoolId, student: int, first: date, last: date) -> list[ToldChange]:
    """What was changed of the pupil's marks of these days, the newest first, MOST at most. Two queries."""
    lines = MarkChange.objects.filter(school=school, student_id=student, record_date__range=(first, last))
    found = list(lines.order_by("-revision", "-id")[:MOST])
    authors = _authors(school, {each.revision for each in found})
    return [_told(each, authors[each.revision]) for each in found if each.revision in authors]


def _told(line: MarkChange, by: Author) -> ToldChange:
    before = Entry(_mark(line.before), line.minutes_before)
    after = Entry(_mark(line.after), line.minutes_after)
    return ToldChange(line.record_date, line.session, before, after, line.reason, by)


def _mark(code: str | None) -> str | None:
    """The mark that this lasting code has; a school's own code is its own mark."""
    return BY_CODE[code].mark if code is not None and code in BY_CODE else code


def _authors(school: SchoolId, revisions: set[int]) -> dict[int, Author]:
    found = Revision.objects.filter(school=school, number__in=revisions)
    return {each.number: Author(each.author_kind, each.author_id, each.at) for each in found}
