"""The records that fail a check, in words by which a school knows them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat, Lower, Trim
from django.utils import timezone

from consentry.records.models import RegistrationFormMembership
from consentry.records.queries.current import current_forms, running
from consentry.records.queries.readiness.checks import At, Population, holds, population_of
from consentry.rules.identity import SchoolId
from consentry.rules.readiness import Check

_NOTHING, _SPACE = Value("", output_field=TextField()), Value(" ", output_field=TextField())

A_PAGE = 50
MOST_IN_FILE = 100_000


class SortedBy(StrEnum):
    """What the list can be sorted by; persons stand by their surnames."""

    NAME = "name"
    DETAIL = "detail"


@dataclass(frozen=True)
class Wanted:
    """Which part of the list: `q` is searched for, in names and details; pages count from 1."""

    q: str = ""
    sorted_by: SortedBy = SortedBy.NAME
    descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class Failing:
    """A record that fails: its id, its name ("" for none), and what tells it from others of the name ("" for nothing).

    `detail` is a course's code, a form's code, a pupil's form, a member of staff's number.
    """

    id: int
    name: str
    detail: str


@dataclass(frozen=True)
class FailingPage:
    """One page of them, how many there are on all, and which page it is (the last for one past it)."""

    rows: tuple[Failing, ...]
    total: int
    number: int


def failing_page(school: SchoolId, check: Check, wanted: Wanted, *, at: datetime) -> FailingPage:
    """The wanted page of those that fail the check. Two queries; call it in `reading` of the school."""
    found = _failing(At(school, at), check, wanted)
    total = found.count()
    number = min(max(wanted.page, 1), max(1, -(-total // A_PAGE)))
    start = (number - 1) * A_PAGE
    return FailingPage(tuple(_rows(found[start : start + A_PAGE])), total, number)


def all_failing(school: SchoolId, check: Check, wanted: Wanted, *, at: datetime) -> Iterator[Failing]:
    """All pages of them, up to as many as a file may hold. One query."""
    return _rows(_failing(At(school, at), check, wanted)[:MOST_IN_FILE])


def _failing(of: At, check: Check, wanted: Wanted) -> QuerySet[Any]:
    population = population_of(check)
    words = _WORDS[population](of)
    found: QuerySet[Any] = of.records[population].filter(~Q(holds(check, of))).annotate(**words)
    for word in wanted.q.split():
        found = found.filter(Q(said_name__icontains=word) | Q(said_other__icontains=word) | Q(said__icontains=word))
    keys = [Lower("sorted_by"), Lower("said")]
    first, second = keys if wanted.sorted_by is SortedBy.NAME else reversed(keys)
    return found.order_by(first.desc() if wanted.descending else first.asc(), second, "id")


def _rows(found: QuerySet[Any]) -> Iterator[Failing]:
    for number, name, detail in found.values_list("id", "said_name", "said"):
        yield Failing(number, name, detail)


def _text(*names: str) -> Coalesce:
    """The first of these columns that holds something, or nothing."""
    return Coalesce(*(F(name) for name in names), _NOTHING)


def _of_course(_of: At) -> dict[str, Any]:
    name = _text("academic_unit_name", "long_name", "short_name")
    return {
        "said_name": name,
        "said_other": _text("long_name"),
        "said": _text("academic_unit_code", "short_name"),
        "sorted_by": name,
    }


def _of_form(_of: At) -> dict[str, Any]:
    name = F("registration_form_name")
    return {"said_name": name, "said_other": name, "said": _text("short_name", "code"), "sorted_by": name}


def _of_person(detail: object) -> dict[str, Any]:
    """By the name that is used, also found by the legal one; who has no surname stands under the name they have."""
    first, last = ("person__preferred_first_name", "person__legal_first_name"), (
        "person__preferred_last_name", "person__legal_last_name",
    )  # fmt: skip
    return {
        "said_name": Trim(Concat(_text(*first), _SPACE, _text(*last))),
        "said_other": Concat(_text(first[1]), _SPACE, _text(last[1])),
        "said": detail,
        "sorted_by": Trim(Concat(_text(*last), _SPACE, _text(*first))),
    }


def _of_pupil(of: At) -> dict[str, Any]:
    return _of_person(Coalesce(Subquery(_form_of_pupil(of.school, timezone.localdate(of.at))), _NOTHING))


def _form_of_pupil(school: SchoolId, on: date) -> QuerySet[Any, Any]:
    """The form of today; the one entered last, where there are two."""
    forms = current_forms(school, on).values("id")
    now = RegistrationFormMembership.objects.filter(
        running("start_date", "end_date", on), school=school, student_id=OuterRef("id"), registration_form_id__in=forms
    )
    return now.order_by("-start_date", "-id").values("registration_form__registration_form_name")[:1]


def _of_staff(_of: At) -> dict[str, Any]:
    return _of_person(_text("staff_number"))


_WORDS: Final[Mapping[Population, Callable[[At], dict[str, Any]]]] = {
    Population.COURSES: _of_course,
    Population.FORMS: _of_form,
    Population.PUPILS: _of_pupil,
    Population.STAFF: _of_staff,
}
