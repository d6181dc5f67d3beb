"""What a collector says in its answers, taken apart for people.

Source: the error body of the Department for Education's APIs: a title, and errors with a message, a code and a path.
What is shaped otherwise is kept as text.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

_STEP: Final = re.compile(r"(days|sessions|marks|by_code|by_year_group|year_groups)\[([0-9]{1,4})\]", re.ASCII)
_MOST: Final = 50
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class SaidError:
    """One error: the collector's code for it, which part of the document it is about ("" for all), and its words."""

    code: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class SaidAnswer:
    """What the collector said: a title, each error, and the text as it came where it says neither."""

    title: str
    errors: tuple[SaidError, ...]
    text: str


def read_answer(text: str) -> SaidAnswer:
    """The answer taken apart; whatever a collector sends, something readable comes of it."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return SaidAnswer("", (), text.strip())
    if not isinstance(said, dict):
        return SaidAnswer("", (), text.strip())
    title, errors = _short(said.get("title", said.get("error", ""))), tuple(_errors(said.get("errors")))
    return SaidAnswer(title, errors, "" if title or errors else text.strip())


def _errors(said: Any) -> Iterator[SaidError]:
    for each in said[:_MOST] if isinstance(said, list) else ():
        if isinstance(each, dict):
            yield SaidError(_short(each.get("code")), _short(each.get("path")), _short(each.get("message")))


def _short(said: Any) -> str:
    return "" if said is None else str(said)[:_LONGEST]


def place_in_words(path: str, document: Mapping[str, Any]) -> str:
    """What a path like `days[1].sessions[0].marks[3].code` leads to in our document: "3 November, AM, year group 7".

    "" where it leads to no day of it.
    """
    words: list[str] = []
    part: Any = document
    for name, place in _STEP.findall(path):
        try:
            part = part[name][int(place)]
        except (KeyError, IndexError, TypeError):
            break
        words += _words(name, part)
    return ", ".join(words)


def _words(name: str, part: Any) -> Iterator[str]:
    if name == "days":
        day = date.fromisoformat(part["date"])
        yield f"{day.day} {day:%B}"
    elif name == "sessions":
        yield part["session"]
    elif isinstance(part, dict):
        if "year_group" in part:
            yield f"year group {part['year_group']}"
        if "code" in part:
            yield f"code {part['code']}"
