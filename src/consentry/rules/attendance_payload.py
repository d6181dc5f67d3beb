"""What a return tells a collector: counts of attendance marks by session, year group and code, and nothing else.

The types are the promise that no personal data is sent: they hold a school's number, days, year groups and codes out of
closed lists, and whole numbers. There is no place in them for a name, an id or a free text.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from consentry.rules.attendance_codes import BY_MARK, Session
from consentry.rules.year_groups import YEAR_GROUPS

_URN: Final = re.compile(r"[0-9]{6}", re.ASCII)
YEAR_GROUP_ORDER: Final = {name: place for place, name in enumerate(YEAR_GROUPS)}
CODE_ORDER: Final = {mark: place for place, mark in enumerate(BY_MARK)}


class NotAggregateError(ValueError):
    """Something that is no count of a known kind was to be sent."""


def _check(fits: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not fits:
        raise NotAggregateError(what)


def _check_count(count: int) -> None:
    _check(type(count) is int and count >= 0, "a count")


@dataclass(frozen=True, slots=True)
class YearGroupCount:
    """How many pupils there are in a year group."""

    year_group: str
    count: int

    def __post_init__(self) -> None:
        _check(self.year_group in YEAR_GROUP_ORDER, "a year group")
        _check_count(self.count)


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many pupils of a year group have a mark."""

    year_group: str
    code: str
    count: int

    def __post_init__(self) -> None:
        _check(self.year_group in YEAR_GROUP_ORDER, "a year group")
        _check(self.code in CODE_ORDER, "a code")
        _check_count(self.count)


@dataclass(frozen=True, slots=True)
class SessionCounts:
    """The marks of one session. Not taken is something else than none: then there are no marks at all."""

    session: Session
    marks: tuple[MarkCount, ...]

    @property
    def taken(self) -> bool:
        """Whether a register was taken."""
        return bool(self.marks)

    @property
    def total(self) -> int:
        """All marks."""
        return sum(each.count for each in self.marks)


@dataclass(frozen=True, slots=True)
class DayCounts:
    """One day: the pupils on roll that day by year group, and the sessions that were to be held."""

    day: date
    roll: tuple[YearGroupCount, ...]
    sessions: tuple[SessionCounts, ...]

    def __post_init__(self) -> None:
        _check(type(self.day) is date, "a day")

    @property
    def on_roll(self) -> int:
        """All pupils on roll that day: the sum of the year groups, by which no total can differ from them."""
        return sum(each.count for each in self.roll)


@dataclass(frozen=True, slots=True)
class Payload:
    """A school’s return: its unique reference number, its National Curriculum year groups, the days of the window."""

    urn: str
    year_groups: tuple[str, ...]
    days: tuple[DayCounts, ...]

    def __post_init__(self) -> None:
        _check(_URN.fullmatch(self.urn) is not None, "a school's number")
        _check(set(self.year_groups) <= YEAR_GROUP_ORDER.keys(), "year groups")


def by_code(session: SessionCounts) -> dict[str, int]:
    """The total of each code, in the order of the code list."""
    sums: dict[str, int] = {}
    for each in sorted(session.marks, key=lambda mark: CODE_ORDER[mark.code]):
        sums[each.code] = sums.get(each.code, 0) + each.count
    return sums


def by_year_group(session: SessionCounts) -> dict[str, int]:
    """The total of each year group, the youngest first."""
    sums: dict[str, int] = {}
    for each in sorted(session.marks, key=lambda mark: YEAR_GROUP_ORDER[mark.year_group]):
        sums[each.year_group] = sums.get(each.year_group, 0) + each.count
    return sums
