"""Reads a CSV of what a school's calendar is to hold, and judges every row by itself."""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, Final, NamedTuple

from consentry.imports.cells import Cells
from consentry.imports.csv_rows import csv_rows
from consentry.imports.limits import CALENDAR_LINES
from consentry.imports.problems import REASON_OF, Problem, Problems, Reason, StopReadingError
from consentry.rules.attendance_codes import Session
from consentry.rules.calendar_faults import CalendarFault, fault_of
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from consentry.schools.keeping_calendar import LONGEST

HEADER: Final = ("kind", "first_day", "last_day", "session", "name")

_SESSIONS: Final = {session.value: session for session in Session}
_FIELDS: Final = {CalendarFault.SESSION_OF_WHOLE_DAYS: "session", CalendarFault.OUT_OF_RANGE: "first_day"}


class CalendarRow(NamedTuple):
    """One entry, and the line on which it stands."""

    line: int
    entry: CalendarEntry


def read_term_dates(stream: BinaryIO, problems: Problems) -> list[CalendarRow]:
    """The good rows of `stream`, in order; what is wrong is noted in `problems`."""
    try:
        return list(_rows(stream, problems))
    except StopReadingError as stop:
        problems.keep(stop.problem)
        return []


def _rows(stream: BinaryIO, problems: Problems) -> Iterator[CalendarRow]:
    records = csv_rows(stream)
    _check_header(next(records, None))
    for count, (line, cells) in enumerate(records, start=1):
        if count > CALENDAR_LINES:
            raise StopReadingError(Problem(line, "", Reason.TOO_MANY_ENTRIES))
        if len(cells) != len(HEADER):
            problems.note(line, "", Reason.COLUMNS, str(len(cells)))
        elif entry := _entry(Cells(line, dict(zip(HEADER, cells, strict=True)), problems)):
            yield CalendarRow(line, entry)


def _check_header(first: tuple[int, list[str]] | None) -> None:
    if first is None:
        raise StopReadingError(Problem(1, "", Reason.EMPTY_FILE))
    if tuple(name.strip().lower() for name in first[1]) != HEADER:
        raise StopReadingError(Problem(1, "", Reason.HEADER, ",".join(first[1])))


def _entry(cells: Cells) -> CalendarEntry | None:
    """The entry of one row; None for a problem, which is noted."""
    before = cells.problems.total
    kind = _kind(cells)
    first = cells.day("first_day", latest=date.max, required=True)
    last = cells.day("last_day", latest=date.max) if cells.raw("last_day") else first
    session = _session(cells)
    name = cells.text("name", longest=LONGEST)
    if cells.problems.total > before or kind is None or first is None or last is None:
        return None
    entry = CalendarEntry(kind, first, last, session, name)
    if fault := fault_of(entry):
        cells.note(_FIELDS.get(fault, "last_day"), REASON_OF[fault])
        return None
    return entry


def _kind(cells: Cells) -> EntryKind | None:
    said = cells.raw("kind", required=True)
    written = "-".join(said.lower().split())
    if written in set(EntryKind):
        return EntryKind(written)
    if said:
        cells.note("kind", Reason.CALENDAR_KIND, said)
    return None


def _session(cells: Cells) -> Session | None:
    said = cells.raw("session")
    found = _SESSIONS.get(said.upper())
    if said and found is None:
        cells.note("session", Reason.SESSION, said)
    return found
