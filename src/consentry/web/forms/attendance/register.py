"""A register as it is sent: a mark and minutes for each pupil, and what the page showed of them before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from consentry.records.roll_call import Entry, PlannedEntry
from consentry.rules.attendance_codes import MARKS_WITH_MINUTES, Session
from consentry.web.forms.programmes.plan import number_or_none

_MOST_DIGITS = 4
_PRESENT = {Session.AM: "/", Session.PM: "\\"}
NOT_A_NUMBER = "say the minutes as a whole number"


@dataclass(frozen=True)
class Typed:
    """One row: what the page showed, the mark that was chosen ("" for none) and the minutes that were typed."""

    seen: Entry
    mark: str
    minutes: str
    is_filled: bool = False

    @property
    def is_number(self) -> bool:
        """Whether the minutes can be read."""
        return not self._said or (self._said.isascii() and self._said.isdecimal() and len(self._said) <= _MOST_DIGITS)

    @property
    def wanted(self) -> Entry:
        """What is to stand there. Minutes that were there before go with the mark that they belonged to."""
        return Entry(self.mark or None, int(self._said) if self._said and self.is_number else None)

    @property
    def _said(self) -> str:
        said = self.minutes.strip()
        is_left_over = self.mark not in MARKS_WITH_MINUTES and said == _minutes(self.seen)
        return "" if is_left_over else said


def seen_text(entry: Entry) -> str:
    """What the page showed, as its form sends it back: "L:7"."""
    return f"{entry.mark or ''}:{_minutes(entry)}"


def typed_of(entry: Entry) -> Typed:
    """A row as it stands, before anybody typed."""
    return Typed(entry, entry.mark or "", _minutes(entry))


def typed_rows(data: QueryDict) -> dict[int, Typed]:
    """The rows that were sent, by the pupil's id; what cannot be an id is none."""
    numbers = {number_or_none(name.removeprefix("seen-")) for name in data if name.startswith("seen-")}
    return {
        number: Typed(_seen(data[f"seen-{number}"]), data.get(f"mark-{number}", ""), data.get(f"minutes-{number}", ""))
        for number in sorted(each for each in numbers if each is not None)
        if f"seen-{number}" in data
    }


def filled(rows: Mapping[int, Typed], session: Session) -> dict[int, Typed]:
    """The same, with everybody who has no mark present."""
    present = _PRESENT[session]
    return {number: row if row.mark else replace(row, mark=present, is_filled=True) for number, row in rows.items()}


def planned(rows: Mapping[int, Typed]) -> list[PlannedEntry]:
    """The plan of rows whose minutes can all be read."""
    return [PlannedEntry(number, row.seen, row.wanted) for number, row in rows.items()]


def _minutes(entry: Entry) -> str:
    return "" if entry.minutes is None else str(entry.minutes)


def _seen(text: object) -> Entry:
    mark, _, minutes = str(text).rpartition(":")
    return Entry(mark or None, number_or_none(minutes) if minutes else None)
