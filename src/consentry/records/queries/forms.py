"""The registration forms of the current school year, each with its short name, year group, tutors and pupils."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat, Trim

from consentry.records.models import (
    AcademicLevel,
    AcademicUnit,
    RegistrationFormMembership,
    RegistrationFormTutor,
)
from consentry.records.queries.current import current_forms, current_year, running
from consentry.records.queries.programme_list import MOST, Asked, Found, in_order, page_of
from consentry.rules.identity import SchoolId

WITHOUT_SHORT_NAME, WITHOUT_YEAR_GROUP = "without-short-name", "without-year-group"
SORTS = {"name": "registration_form_name", "short": "short_name", "year-group": "said_level"}

_RUNNING = ("start_date", "end_date")
_COLUMNS = ("id", "registration_form_name", "short_name", "level", "said_level")


@dataclass(frozen=True)
class ListedForm:
    """A form; `year_group` is what it is linked to, "" for nothing."""

    id: int
    name: str
    short_name: str | None
    year_group_id: int | None
    year_group: str
    tutors: tuple[str, ...]
    pupils: int


def list_forms(school: SchoolId, asked: Asked, on: date) -> Found[ListedForm]:
    """The page that is asked for. Four queries, in `reading` of the school."""
    rows, total, number = page_of(_asked(school, asked, on), asked)
    return Found(tuple(_listed(school, rows, on)), total, number)


def all_forms(school: SchoolId, asked: Asked, on: date) -> list[ListedForm]:
    """All that is found, up to MOST. Three queries."""
    return _listed(school, _asked(school, asked, on)[:MOST], on)


def chosen_forms(school: SchoolId, ids: Collection[int], on: date) -> list[ListedForm]:
    """Those of these ids that are forms of the current year."""
    return _listed(school, _asked(school, Asked(), on).filter(id__in=ids), on)


def year_group_choices(school: SchoolId, on: date) -> list[tuple[int, str]]:
    """The year groups of the current school year, the youngest first."""
    years = current_year(school, on).values("id")
    found = AcademicLevel.objects.filter(school=school, academic_year_id__in=years)
    order = (F("curriculum_grade__data_order").asc(nulls_last=True), "display_order", "academic_level_name", "id")
    return list(found.order_by(*order).values_list("id", "academic_level_name"))


def _asked(school: SchoolId, asked: Asked, on: date) -> QuerySet[Any, Any]:
    units = AcademicUnit.objects.filter(school=school, registration_form_id=OuterRef("id"))
    linked = units.exclude(academic_level_id=None).order_by("id")
    found = current_forms(school, on).annotate(
        level=Subquery(linked.values("academic_level_id")[:1]),
        said_level=Subquery(linked.values("academic_level__academic_level_name")[:1]),
    )
    if asked.show == WITHOUT_SHORT_NAME:
        found = found.filter(short_name=None)
    if asked.show == WITHOUT_YEAR_GROUP:
        found = found.filter(level=None)
    for word in asked.q.split():
        named = Q(registration_form_name__icontains=word) | Q(short_name__icontains=word)
        found = found.filter(named | Q(said_level__icontains=word))
    return in_order(found, asked, SORTS).values_list(*_COLUMNS)


def _listed(school: SchoolId, rows: Iterable[tuple[Any, ...]], on: date) -> list[ListedForm]:
    found = list(rows)
    ids = [row[0] for row in found]
    tutors, pupils = _tutors(school, ids, on), _pupils(school, ids, on)
    return [
        ListedForm(number, name, short, level, said or "", tuple(tutors.get(number, ())), pupils.get(number, 0))
        for number, name, short, level, said in found
    ]


def _tutors(school: SchoolId, forms: list[int], on: date) -> dict[int, list[str]]:
    """The names that are used of those who look after each form on this day."""
    found: dict[int, list[str]] = {}
    now = RegistrationFormTutor.objects.filter(running(*_RUNNING, on), school=school, registration_form_id__in=forms)
    person = "staff__person__"
    first, last = (
        Coalesce(F(f"{person}preferred_{part}"), F(f"{person}legal_{part}"), Value(""), output_field=TextField())
        for part in ("first_name", "last_name")
    )
    name = Trim(Concat(first, Value(" "), last, output_field=TextField()))
    for form, said in now.annotate(said=name).order_by("said").values_list("registration_form_id", "said"):
        if said not in found.setdefault(form, []):
            found[form].append(said)
    return found


def _pupils(school: SchoolId, forms: list[int], on: date) -> dict[int, int]:
    now = RegistrationFormMembership.objects.filter(
        running(*_RUNNING, on), school=school, registration_form_id__in=forms
    )
    counted = now.values("registration_form_id").annotate(pupils=Count("student_id", distinct=True)).order_by()
    return dict(counted.values_list("registration_form_id", "pupils"))
