"""What is to be mended, as pages send it: which records were chosen, and what each said and is to say."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from consentry.records.mending import Planned

TICKED, ALL = "ticked", "all"
_DIGITS = 18
_PARTS = 3


@dataclass(frozen=True)
class Chosen:
    """All that the list shows, on all its pages, or those of these ids."""

    is_all: bool
    ids: frozenset[int]

    @property
    def is_none(self) -> bool:
        """Whether nothing was chosen at all."""
        return not self.is_all and not self.ids


def chosen(query: QueryDict) -> Chosen:
    """What `?which=ticked&id=4&id=7`, or `?which=all`, chooses."""
    numbers = (number_or_none(text) for text in query.getlist("id"))
    return Chosen(query.get("which") == ALL, frozenset(each for each in numbers if each is not None))


def number_or_none(text: str) -> int | None:
    """An id, None for what cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def written(planned: Iterable[Planned]) -> str:
    """The plan as the form of a preview sends it."""
    return json.dumps([[each.id, each.seen, each.wanted] for each in planned], separators=(",", ":"))


def sent_plan(data: Mapping[str, str]) -> list[Planned] | None:
    """The plan of a form that was sent; None for what no preview of ours has written."""
    try:
        rows = json.loads(data.get("plan", ""))
    except (ValueError, RecursionError):
        return None
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        return None
    return [Planned(*row) for row in rows]


def _is_row(row: Any) -> bool:
    if not isinstance(row, list) or len(row) != _PARTS or type(row[0]) is not int:
        return False
    return all(each is None or type(each) in {int, str} for each in row[1:])
