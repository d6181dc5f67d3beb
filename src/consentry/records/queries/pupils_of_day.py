"""The pupils of a day with their forms, to be searched and taken away as a file, and what stands in all registers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from consentry.records.models import AttendanceRollCallRecord, RegistrationFormMembership
from consentry.records.queries.current import pupils_on_roll, running
from consentry.records.queries.registers import counted_name, named_pupils
from consentry.records.roll_call import Entry
from consentry.rules.identity import SchoolId


@dataclass(frozen=True)
class PupilOfDay:
    """Somebody on roll on the day; `forms` are the ids and names of those that they are in."""

    id: int
    first_name: str
    last_name: str
    forms: tuple[tuple[int, str], ...]


def pupils_of_day(school: SchoolId, day: date, q: str = "") -> list[PupilOfDay]:
    """Who is on roll on the day and has all words of `q` in their name, by surname. Two queries."""
    found = pupils_on_roll(school, day)
    for word in q.split():
        parts = ("preferred_first_name", "legal_first_name", "preferred_last_name", "legal_last_name")
        found = found.filter(_any_of(Q(**{f"person__{part}__icontains": word}) for part in parts))
    named = named_pupils(found)
    forms = _forms_of(school, day)
    return [PupilOfDay(number, first, last, tuple(forms.get(number, ()))) for number, first, last in named]


def in_forms(pupils: Iterable[PupilOfDay]) -> list[tuple[str, PupilOfDay]]:
    """Each pupil with each of their forms, 7A before 10A, those in no form ("") last."""
    pairs = [(form, each) for each in pupils for form in ([name for _, name in each.forms] or [""])]
    return sorted(pairs, key=lambda pair: (not pair[0], counted_name(pair[0])))


def entries_of_day(school: SchoolId, day: date) -> dict[tuple[int, str], Entry]:
    """What stands in all registers of the day, by pupil and session. One query."""
    marks = AttendanceRollCallRecord.objects.filter(school=school, record_date=day)
    columns = ("student_id", "attendance_roll_call__code", "attendance_mark__attendance_mark", "minutes_late")
    return {(student, session): Entry(mark, late) for student, session, mark, late in marks.values_list(*columns)}


def _any_of(conditions: Iterable[Q]) -> Q:
    one = Q()
    for each in conditions:
        one |= each
    return one


def _forms_of(school: SchoolId, day: date) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    now = RegistrationFormMembership.objects.filter(running("start_date", "end_date", day), school=school)
    columns = ("student_id", "registration_form_id", "registration_form__registration_form_name")
    for student, form, name in now.order_by("registration_form_id").values_list(*columns).distinct():
        found.setdefault(student, []).append((form, name))
    return found
