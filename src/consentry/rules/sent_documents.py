"""Reading a document as it was sent to a collector, JSON or CSV, back into days, sessions and counts."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from consentry.rules.attendance_codes import Session
from consentry.rules.attendance_payload import CODE_ORDER, YEAR_GROUP_ORDER
from consentry.rules.attendance_rates import Attendance, attendance_of
from consentry.rules.payload_forms import NOT_TAKEN, SUPPRESSED, Format

Cell = tuple[str, str]
"""A year group and a code; the year group is "" in a total of a code, the code in a total of a year group."""

Count = int | None
"""How many; None where the number was too small to be told."""

_ROLL: Final = "ROLL"


@dataclass(frozen=True)
class SentSession:
    """A session as it was told: whether a register was taken, and each count."""

    session: Session
    taken: bool
    counts: Mapping[Cell, Count] = field(default_factory=dict)

    def by_code(self) -> dict[str, Count]:
        """The total of each code, in the order of the code list; None where a part of it was not told."""
        return _totals(self.counts, 1, CODE_ORDER)

    def by_year_group(self) -> dict[str, Count]:
        """The total of each year group, the youngest first; None where a part of it was not told."""
        return _totals(self.counts, 0, YEAR_GROUP_ORDER)

    def attendance(self) -> Attendance | None:
        """What the marks come to; None where numbers were not told."""
        told = {code: count for code, count in self.by_code().items() if count is not None}
        return attendance_of(told) if len(told) == len(self.by_code()) else None


@dataclass(frozen=True)
class SentDay:
    """A day as it was told: the pupils on roll by year group and in all, and the sessions that were to be held."""

    day: date
    roll: Mapping[str, Count]
    on_roll: Count
    sessions: tuple[SentSession, ...]


def read_document(document: bytes, media_type: str) -> tuple[SentDay, ...]:
    """The days of a document of ours (rules/payload_forms.py), the oldest first."""
    text = document.decode()
    if media_type == Format.JSON.media_type:
        return tuple(_day(each) for each in json.loads(text)["days"])
    return _days_of_rows(list(csv.reader(io.StringIO(text)))[1:])


def urn_of(document: bytes, media_type: str) -> str:
    """The school that the document tells of; "" where a file of lines has none."""
    text = document.decode()
    if media_type == Format.JSON.media_type:
        return str(json.loads(text)["urn"])
    return next((row[0] for row in list(csv.reader(io.StringIO(text)))[1:2]), "")


def _totals(counts: Mapping[Cell, Count], of: int, order: Mapping[str, int]) -> dict[str, Count]:
    """The totals as they were told, or else the sums of the cells."""
    told = {cell[of]: count for cell, count in counts.items() if cell[of] and not cell[1 - of]}
    parts: dict[str, list[Count]] = {}
    for cell, count in counts.items():
        if cell[of] and cell[1 - of]:
            parts.setdefault(cell[of], []).append(count)
    found = told or {name: _sum(each) for name, each in parts.items()}
    return {name: found[name] for name in sorted(found, key=lambda name: order.get(name, len(order)))}


def _sum(counts: Iterable[Count]) -> Count:
    known = list(counts)
    return None if None in known else sum(count or 0 for count in known)


def _day(said: Mapping[str, Any]) -> SentDay:
    roll = said["roll"]
    return SentDay(
        date.fromisoformat(said["date"]),
        roll["by_year_group"],
        roll["total"],
        tuple(SentSession(Session(each["session"]), each["taken"], _cells(each)) for each in said["sessions"]),
    )


def _cells(session: Mapping[str, Any]) -> dict[Cell, Count]:
    counted = [*session.get("marks", ()), *session.get("by_code", ()), *session.get("by_year_group", ())]
    return {(each.get("year_group", ""), each.get("code", "")): each["count"] for each in counted}


def _days_of_rows(rows: Iterable[list[str]]) -> tuple[SentDay, ...]:
    rolls: dict[str, dict[str, Count]] = {}
    sessions: dict[str, dict[str, dict[Cell, Count]]] = {}
    for _urn, day, session, year_group, code, count in rows:
        roll, of_day = rolls.setdefault(day, {}), sessions.setdefault(day, {})
        if session == _ROLL:
            roll[year_group] = _count(count)
            continue
        cells = of_day.setdefault(session, {})
        if count != NOT_TAKEN:
            cells[year_group, code] = _count(count)
    return tuple(
        SentDay(
            date.fromisoformat(day),
            roll,
            _sum(roll.values()),
            tuple(SentSession(Session(name), bool(cells), cells) for name, cells in sessions[day].items()),
        )
        for day, roll in rolls.items()
    )


def _count(said: str) -> Count:
    return None if said == SUPPRESSED else int(said)
