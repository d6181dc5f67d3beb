"""The registers of a day: which forms there are, who is in each, and what stands beside each pupil."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

from consentry.records.models import (
    AttendanceRollCallRecord,
    RegistrationForm,
    RegistrationFormMembership,
    Student,
)
from consentry.records.queries.current import pupils_on_roll, running
from consentry.records.roll_call import UNMARKED, Entry, RollCall
from consentry.rules.attendance_codes import Session
from consentry.rules.identity import SchoolId

_OF_DAY = """
with here as (
    select distinct e.student_id, i.registration_form_id as form
    from records_educationalinstitutionenrolment e
    left join records_registrationformmembership i on i.school_id = e.school_id and i.student_id = e.student_id
        and i.start_date <= %(day)s and coalesce(i.end_date, %(day)s) >= %(day)s
    where e.school_id = %(school)s
        and coalesce(e.entry_date, %(day)s) <= %(day)s and coalesce(e.leaving_date, %(day)s) >= %(day)s
),
marked as (
    select r.student_id, bool_or(c.code = 'AM') as am, bool_or(c.code = 'PM') as pm
    from records_attendancerollcallrecord r
    join records_attendancerollcall c on c.school_id = r.school_id and c.id = r.attendance_roll_call_id
    where r.school_id = %(school)s and r.record_date = %(day)s
    group by r.student_id
)
select h.form, f.registration_form_name, count(*), count(*) filter (where m.am), count(*) filter (where m.pm)
from here h
left join marked m on m.student_id = h.student_id
left join records_registrationform f on f.school_id = %(school)s and f.id = h.form
group by h.form, f.registration_form_name
"""


@dataclass(frozen=True)
class FormOfDay:
    """A form with pupils on the day (`id` None: those in no form), and how many of them are marked in each session."""

    id: int | None
    name: str
    pupils: int
    marked: dict[Session, int]


@dataclass(frozen=True)
class PupilInRegister:
    """A pupil of a register and what stands there; the name is the one that is used."""

    id: int
    first_name: str
    last_name: str
    entry: Entry

    @property
    def name(self) -> str:
        """As registers call them: "Ng, Ada"."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part) or f"Pupil {self.id}"


def registers_of_day(school: SchoolId, day: date) -> list[FormOfDay]:
    """The forms that have pupils on roll on the day, 7A before 10A, those in no form last. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_DAY, {"school": school, "day": day})
        rows = cursor.fetchall()
    found = [
        FormOfDay(form, name or "", pupils, {Session.AM: morning, Session.PM: afternoon})
        for form, name, pupils, morning, afternoon in rows
    ]
    return sorted(found, key=lambda each: (each.id is None, counted_name(each.name), each.id or 0))


def form_name(school: SchoolId, form: int | None) -> str | None:
    """What the form is called, "" for those in no form; None where the school has no such form."""
    if form is None:
        return ""
    forms = RegistrationForm.objects.filter(school=school, id=form)
    return forms.values_list("registration_form_name", flat=True).first()


def pupils_of(school: SchoolId, call: RollCall) -> list[PupilInRegister]:
    """Who is on roll and in the form on the day, by surname, with what stands beside each. Two queries."""
    named = named_pupils(in_register(school, call))
    entries = entries_of(school, call, (number for number, _, _ in named))
    return [PupilInRegister(number, first, last, entries.get(number, UNMARKED)) for number, first, last in named]


def in_register(school: SchoolId, call: RollCall) -> QuerySet[Student]:
    """The pupils of the register."""
    memberships = RegistrationFormMembership.objects.filter(
        running("start_date", "end_date", call.day), school=school, student_id=OuterRef("id")
    )
    in_form = ~Exists(memberships) if call.form is None else Exists(memberships.filter(registration_form_id=call.form))
    return pupils_on_roll(school, call.day).filter(in_form)


def entries_of(school: SchoolId, call: RollCall, students: Iterable[int]) -> dict[int, Entry]:
    """What stands beside these pupils at the session, by id; nothing of those without a mark."""
    marks = AttendanceRollCallRecord.objects.filter(
        school=school,
        record_date=call.day,
        attendance_roll_call__code=call.session.value,
        student_id__in=list(students),
    )
    rows = marks.values_list("student_id", "attendance_mark__attendance_mark", "minutes_late")
    return {student: Entry(mark, minutes) for student, mark, minutes in rows}


def named_pupils(students: QuerySet[Student]) -> list[tuple[int, str, str]]:
    """The ids of these with the names that are used, first and last, by surname."""
    first, last = (
        Coalesce(F(f"person__preferred_{part}"), F(f"person__legal_{part}"), Value(""), output_field=TextField())
        for part in ("first_name", "last_name")
    )
    found = students.annotate(first=first, last=last).order_by("last", "first", "id")
    return list(found.values_list("id", "first", "last"))


def counted_name(name: str) -> list[tuple[int, str]]:
    """A name as people sort it: 7A before 10A."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split("([0-9]+)", name.casefold())]
