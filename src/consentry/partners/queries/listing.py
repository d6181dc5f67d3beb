"""A part of a list, as the lists of the operator's desk and of the directory are asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Row = TypeVar("Row")

A_PAGE = 20


@dataclass(frozen=True)
class Wanted:
    """Which part: `q` is searched for, `chosen` holds what is filtered by ("" for all), pages count from 1."""

    by: str
    descending: bool = False
    q: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    page: int = 1


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A page of a list: its rows, how many there are on all pages, its number (the last for one past it)."""

    rows: tuple[Row, ...]
    total: int
    number: int


def place_of(page: int, total: int) -> tuple[int, slice]:
    """The number of the page (the last for one past it), and where its rows stand in the list."""
    number = min(max(page, 1), max(1, -(-total // A_PAGE)))
    return number, slice((number - 1) * A_PAGE, number * A_PAGE)
