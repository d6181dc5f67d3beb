"""One invented school's pupils and marks, put into the records set by set: the importers are measured elsewhere."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

import psycopg

from consentry.imports.sample.marks_file import days_of_marks
from consentry.imports.sample.school import SampleSchool, make_school
from consentry.rules.attendance_codes import CODES

FIRST_DAY, LAST_DAY = date(2025, 9, 3), date(2026, 7, 22)

_STAGING = """
create temp table if not exists staged_pupil
    (n int, first text, preferred text, last text, sex text, born date) on commit drop;
create temp table if not exists staged_mark (n int, day date, session text, code text, late int) on commit drop;
"""
_PEOPLE = """
with person as (
    insert into records_person (school_id, revision_id, source_key, legal_first_name, preferred_first_name,
        legal_last_name, gender_id, date_of_birth)
    select %(school)s, %(revision)s, 'bench:' || n, first, preferred, last, g.id, born
    from staged_pupil p
    left join records_gender g on g.school_id = %(school)s and g.code = case sex when 'M' then 'MALE' else 'FEMALE' end
    order by n
    returning id, source_key)
insert into records_student (school_id, revision_id, source_key, person_id, student_number, handedness,
    minimum_data_retention_date, is_active_outgoing_sync, unique_learner_number)
select %(school)s, %(revision)s, source_key, person.id, lpad(n::text, 6, '0'),
    case n %% 9 when 0 then 'Left' when 1 then null else 'Right' end, born + 9131, n %% 4 <> 0, 1000000000 + n
from person join staged_pupil p on source_key = 'bench:' || n order by n
"""
_MARKS = """
insert into records_attendancerollcallrecord (school_id, revision_id, attendance_roll_call_id, record_date, student_id,
    attendance_mark_id, minutes_late, source)
select %(school)s, %(revision)s, c.id, day, s.id, k.id, late, 'register'
from staged_mark m
join records_student s on s.school_id = %(school)s and s.source_key = 'bench:' || m.n
join records_attendancerollcall c on c.school_id = %(school)s and c.code = m.session
join records_attendancemark k on k.school_id = %(school)s and k.code = m.code
order by day, session, m.n
"""


@dataclass(frozen=True)
class Wanted:
    """How much to put into which site. `days` are school days with two marks a pupil, after the first `skip`."""

    school: int
    pupils: int
    days: int
    seed: int = 7
    skip: int = 0


def fill_school(line: "psycopg.Connection[tuple[object, ...]]", wanted: Wanted) -> int:
    """Add the pupils and their marks in one transaction with one revision; how many marks there are."""
    sample = make_school(wanted.seed, wanted.pupils, "137264", "8604123", "Bench Academy")
    with line.transaction(), line.cursor() as cursor:
        cursor.execute(
            "select set_config('app.school', %s, true), set_config('app.revision', '2', true)", [str(wanted.school)]
        )
        cursor.execute(_STAGING)
        _copy_pupils(cursor, sample)
        marks = _copy_marks(cursor, sample, wanted)
        place = {"school": wanted.school, "revision": 2}
        cursor.execute(_PEOPLE, place)
        cursor.execute("select analyze_new_tables(array['records_person', 'records_student'])")
        cursor.execute("analyze staged_mark")
        cursor.execute(_MARKS, place)
    return marks


def _copy_pupils(cursor: "psycopg.Cursor[tuple[object, ...]]", sample: SampleSchool) -> None:
    with cursor.copy("copy staged_pupil from stdin") as copy:
        for pupil in sample.pupils:
            copy.write_row([
                pupil.number, pupil.first_name, pupil.preferred_first_name or None, pupil.last_name, pupil.sex,
                pupil.date_of_birth,
            ])  # fmt: skip


def _copy_marks(cursor: "psycopg.Cursor[tuple[object, ...]]", sample: SampleSchool, wanted: Wanted) -> int:
    codes = {code.mark: code.code for code in CODES if code.valid_from <= FIRST_DAY and code.valid_to is None}
    days = days_of_marks(wanted.seed, sample.pupils, FIRST_DAY, LAST_DAY)
    count = 0
    with cursor.copy("copy staged_mark from stdin") as copy:
        for day, marks in islice(days, wanted.skip, wanted.skip + wanted.days):
            for pupil, (morning, afternoon, late) in zip(sample.pupils, marks, strict=True):
                copy.write_row([pupil.number, day, "AM", codes[morning], late or None])
                copy.write_row([pupil.number, day, "PM", codes[afternoon], None])
                count += 2
    return count
