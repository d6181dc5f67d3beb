"""The courses and classes of the current school year, each with its subject and how many teach and learn there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

from consentry.records.models import AcademicUnitEnrolment, AcademicUnitLead, Subject
from consentry.records.queries.current import current_courses, running
from consentry.records.queries.programme_list import MOST, Asked, Found, in_order, page_of
from consentry.rules.identity import SchoolId

WITHOUT_SUBJECT = "without-subject"
SORTS = {"name": "said_name", "short": "short_name", "subject": "said_subject"}

_RUNNING = ("start_date", "end_date")
_COLUMNS = (
    "id", "said_name", "short_name", "parent_academic_unit_id", "said_parent", "subject_id", "said_subject",
)  # fmt: skip


@dataclass(frozen=True)
class ListedCourse:
    """A course, or a class of the course `parent` ("" for none). Of a course it is the people of its classes."""

    id: int
    name: str
    short_name: str
    parent_id: int | None
    parent: str
    subject_id: int | None
    subject: str
    teachers: int
    students: int


def list_courses(school: SchoolId, asked: Asked, on: date) -> Found[ListedCourse]:
    """The page that is asked for. Six queries, in `reading` of the school."""
    rows, total, number = page_of(_asked(school, asked, on), asked)
    return Found(tuple(_listed(school, rows, on)), total, number)


def all_courses(school: SchoolId, asked: Asked, on: date) -> list[ListedCourse]:
    """All that is found, up to MOST. Five queries."""
    return _listed(school, _asked(school, asked, on)[:MOST], on)


def chosen_courses(school: SchoolId, ids: Collection[int], on: date) -> list[ListedCourse]:
    """Those of these ids that are courses of the current year."""
    return _listed(school, _asked(school, Asked(), on).filter(id__in=ids), on)


def subject_choices(school: SchoolId) -> list[tuple[int, str]]:
    """The subjects of the school's list that are in use, by name."""
    found = Subject.objects.filter(school=school, active=True).annotate(name=Coalesce("subject_name", "code"))
    return list(found.order_by("name", "id").values_list("id", "name"))


def _asked(school: SchoolId, asked: Asked, on: date) -> QuerySet[Any, Any]:
    parent = "parent_academic_unit__"
    found = current_courses(school, on).annotate(
        said_name=_first("academic_unit_name", "long_name", "short_name"),
        said_parent=_first(f"{parent}academic_unit_name", f"{parent}long_name", f"{parent}short_name"),
        said_subject=Coalesce("subject__subject_name", "subject__code"),
    )
    if asked.show == WITHOUT_SUBJECT:
        found = found.filter(subject_id=None)
    for word in asked.q.split():
        names = ("said_name", "said_parent", "short_name", "academic_unit_code", "said_subject")
        match = Q()
        for name in names:
            match |= Q(**{f"{name}__icontains": word})
        found = found.filter(match)
    return in_order(found, asked, SORTS).values_list(*_COLUMNS)


def _first(*names: str) -> Coalesce:
    return Coalesce(*(F(name) for name in names), Value(""), output_field=TextField())


def _listed(school: SchoolId, rows: Iterable[tuple[Any, ...]], on: date) -> list[ListedCourse]:
    found = list(rows)
    ids = [row[0] for row in found]
    teachers = _count(AcademicUnitLead.objects.filter(school=school), "staff_id", ids, on)
    students = _count(AcademicUnitEnrolment.objects.filter(school=school), "student_id", ids, on)
    return [
        ListedCourse(
            number, name, short or "", parent, above, subject, said or "",
            teachers.get(number, 0), students.get(number, 0),
        )
        for number, name, short, parent, above, subject, said in found
    ]  # fmt: skip


def _count(people: QuerySet[Any], who: str, ids: list[int], on: date) -> dict[int, int]:
    """How many people each unit has on this day; one that has none of its own, those of its classes. Two queries."""
    now = people.filter(running(*_RUNNING, on))
    counted: dict[int, int] = {}
    for unit in ("academic_unit__parent_academic_unit_id", "academic_unit_id"):
        numbers = now.filter(**{f"{unit}__in": ids}).values(unit).annotate(people=Count(who, distinct=True))
        counted |= dict(numbers.order_by().values_list(unit, "people"))
    return counted
