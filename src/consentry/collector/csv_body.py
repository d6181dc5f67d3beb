"""The CSV of a local authority, one line for each count, turned into what JSON would have said.

Where each part came from is kept, so that flaws are told by line: `lines[7].count`. The header is line 1.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from consentry.collector.flaws import Flaw, FlawedError, Place

HEADER: Final = ["urn", "date", "session", "year_group", "code", "count"]
NOT_TAKEN: Final = "not taken"
HIDDEN: Final = "suppressed"
_ROLL: Final = "ROLL"
_COUNT: Final = re.compile(r"[0-9]{1,6}")


class CsvBody:
    """What the lines said. `body` is of the same shape as JSON's; whether it is right is not looked at here."""

    def __init__(self, text: bytes) -> None:
        self.body: dict[str, Any] = {"urn": "", "year_groups": [], "days": []}
        self._lines: dict[Place, int] = {(): 1}
        self._days: dict[str, int] = {}
        self._flaws: list[Flaw] = []
        self._read(_rows(text))
        if self._flaws:
            raise FlawedError(*self._flaws)

    def place(self, place: Place) -> Place:
        """Where in the file that is which stands at this place of the body."""
        known = next(place[:depth] for depth in range(len(place), -1, -1) if place[:depth] in self._lines)
        return ("lines", self._lines[known], *place[len(known) :])

    def _read(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        if not rows or rows[0][1] != HEADER:
            self._flaw("wrong_header", f"The first line is {','.join(HEADER)}.", 1)
            return
        for line, cells in rows[1:]:
            if len(cells) == len(HEADER):
                self._line(line, *cells)
            else:
                self._flaw("wrong_columns", f"A line has {len(HEADER)} columns.", line)
        for day in self.body["days"]:
            day["roll"]["total"] = _sum(day["roll"]["by_year_group"].values())

    def _line(self, line: int, urn: str, date: str, session: str, *cells: str) -> None:
        if not self._days:
            self.body["urn"] = urn
            self._lines[("urn",)] = self._lines[()] = line
        if urn != self.body["urn"]:
            self._flaw("several_schools", "A file is of one school.", line, "urn")
        where: Place = ("days", self._days.setdefault(date, len(self._days)))
        if where not in self._lines:
            self._lines[where] = line
            self.body["days"].append({"date": date, "roll": {"total": 0, "by_year_group": {}}, "sessions": []})
        year_group, code, count = cells
        if session == _ROLL:
            self._on_roll(line, where, year_group, code, count)
        else:
            self._counted(line, self._session(line, where, session), (year_group, code), count)

    def _on_roll(self, line: int, day: Place, year_group: str, code: str, count: str) -> None:
        """The pupils of one year group on roll that day."""
        roll = self.body["days"][day[1]]["roll"]["by_year_group"]
        if code:
            self._flaw("code_of_roll", "A roll has no code.", line, "code")
        if year_group in roll:
            self._flaw("duplicate", "The roll of this year group was told before.", line)
        roll[year_group] = _number(count)
        self._lines[*day, "roll", "by_year_group", year_group] = line
        if year_group not in self.body["year_groups"]:
            self._lines["year_groups", len(self.body["year_groups"])] = line
            self.body["year_groups"].append(year_group)

    def _session(self, line: int, day: Place, name: str) -> Place:
        """Where the session of this name is, which is new when it is met first."""
        sessions = self.body["days"][day[1]]["sessions"]
        number = next((at for at, each in enumerate(sessions) if each["session"] == name), len(sessions))
        if number == len(sessions):
            sessions.append({"session": name, "taken": True})
            self._lines[*day, "sessions", number] = line
        return (*day, "sessions", number)

    def _counted(self, line: int, where: Place, of: tuple[str, str], count: str) -> None:
        """One count of a session: of a year group's code, of a code, or of a year group."""
        session = self.body["days"][where[1]]["sessions"][where[3]]
        year_group, code = of
        if not year_group and not code and count == NOT_TAKEN:
            session.update(taken=False, marks=session.get("marks", []))
            return
        kind = "marks" if year_group and code else "by_code" if code else "by_year_group"
        named = {"year_group": year_group, "code": code}
        counts = session.setdefault(kind, [])
        self._lines[*where, kind, len(counts)] = line
        counts.append({**{name: value for name, value in named.items() if value}, "count": _number(count)})

    def _flaw(self, code: str, message: str, line: int, *rest: str) -> None:
        self._flaws.append(Flaw(code, message, ("lines", line, *rest)))


def _rows(text: bytes) -> list[tuple[int, list[str]]]:
    """The lines with their numbers. Raises FlawedError (400)."""
    try:
        reader = csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""), strict=True)
        return [(reader.line_num, cells) for cells in reader]
    except (ValueError, csv.Error):
        raise FlawedError(Flaw("not_csv", "The body is not CSV in UTF-8."), status=400) from None


def _number(text: str) -> int | str | None:
    """A count; what is none stays text, for the schema to refuse."""
    if text == HIDDEN:
        return None
    return int(text) if _COUNT.fullmatch(text) else text


def _sum(counts: Iterable[int | str | None]) -> int | None:
    """The sum, where none of the counts is hidden."""
    told = [each for each in counts if not isinstance(each, str)]
    return None if None in told else sum(each for each in told if each)
