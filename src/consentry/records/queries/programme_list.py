"""A part of a list under Programmes: what is asked of it, and what it gives."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Func, QuerySet, TextField

Row = TypeVar("Row")

A_PAGE = 50
MOST = 20_000
"""Rows of a file."""


@dataclass(frozen=True)
class Asked:
    """`q` is looked for, `show` is a filter ("" for none), `by` what it is sorted by; pages count from 1."""

    q: str = ""
    show: str = ""
    by: str = "name"
    descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class Found(Generic[Row]):
    """A page of rows, how many there are on all, and which page it is (the last for one past it)."""

    rows: tuple[Row, ...]
    total: int
    number: int


class _Counted(Func):
    """A text as people sort it: without regard to capitals, and 7A before 10A, as numbers in it are filled up."""

    output_field = TextField()
    template = (
        "regexp_replace(regexp_replace(lower(%(expressions)s), '([0-9]+)', '000000000\\1', 'g'), "
        "'0*([0-9]{10})', '\\1', 'g')"
    )


def in_order(found: QuerySet[Any], asked: Asked, columns: dict[str, str]) -> QuerySet[Any]:
    """Sorted as asked, 7A before 10A; what has nothing there stands last."""
    by = _Counted(columns[asked.by])
    return found.order_by(by.desc(nulls_last=True) if asked.descending else by.asc(nulls_last=True), "id")


def page_of(found: QuerySet[Any], asked: Asked) -> tuple[QuerySet[Any], int, int]:
    """The rows of the page, how many there are on all pages, and the number of the page."""
    total = found.count()
    number = min(asked.page, max(1, -(-total // A_PAGE)))
    return found[(number - 1) * A_PAGE : number * A_PAGE], total, number
