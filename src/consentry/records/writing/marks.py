"""Writing the marks of one roll call: one statement for those that are new, two for those that change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from consentry.audit.change import Change

SOURCE = "Register"
"""Where marks that are entered in a register come from, as the records say it."""

_ENTER = """
insert into records_attendancerollcallrecord
    (school_id, revision_id, student_id, record_date, attendance_roll_call_id, attendance_mark_id, minutes_late, source)
select %s, %s, said.student, %s, %s, said.mark, said.minutes, %s
from unnest(%s::bigint[], %s::bigint[], %s::smallint[]) as said (student, mark, minutes)
on conflict (school_id, student_id, record_date, attendance_roll_call_id) do nothing
returning student_id
"""

_TELL = """
insert into records_recordchange (school_id, revision, entity_type, record_id, fields)
select %(school)s, %(revision)s, 'AttendanceRollCallRecord', r.id, to_jsonb(array_remove(array[
    case when r.attendance_mark_id <> said.mark then 'attendanceMark' end,
    case when r.minutes_late is distinct from said.minutes then 'minutesLate' end
], null))
from unnest(%(ids)s::bigint[], %(marks)s::bigint[], %(minutes)s::smallint[]) as said (id, mark, minutes)
join records_attendancerollcallrecord r on r.school_id = %(school)s and r.id = said.id
"""

_CHANGE = """
update records_attendancerollcallrecord r
set attendance_mark_id = said.mark, minutes_late = said.minutes, source = %(source)s, revision_id = %(revision)s
from unnest(%(ids)s::bigint[], %(marks)s::bigint[], %(minutes)s::smallint[]) as said (id, mark, minutes)
where r.school_id = %(school)s and r.id = said.id
"""


@dataclass(frozen=True)
class Written:
    """A mark as it is stored: the id in the school's list, and minutes late."""

    mark: int
    minutes: int | None


def enter_marks(
    this: Change, day: date, roll_call: int, marks: Mapping[int, Written], *, revision: int
) -> frozenset[int]:
    """New marks, by the pupil's id. Whom somebody else has marked by now is left alone; returns whom it marked."""
    students, columns = list(marks), _columns(list(marks.values()))
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, [this.school, revision, day, roll_call, SOURCE, students, *columns])
        return frozenset(student for (student,) in cursor.fetchall())


def change_marks(this: Change, marks: Mapping[int, Written], *, revision: int) -> None:
    """Other marks for those that there are, by the record's id, each with its line of history for those who poll.

    The caller has locked them.
    """
    of_list, minutes = _columns(list(marks.values()))
    said: dict[str, Any] = {
        "school": this.school,
        "revision": revision,
        "source": SOURCE,
        "ids": list(marks),
        "marks": of_list,
        "minutes": minutes,
    }
    with connection.cursor() as cursor:
        for statement in (_TELL, _CHANGE):
            cursor.execute(statement, said)


def _columns(marks: Sequence[Written]) -> tuple[list[int], list[int | None]]:
    return [each.mark for each in marks], [each.minutes for each in marks]
