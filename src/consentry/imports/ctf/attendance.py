"""The attendance marks of a pupil: a list from a start date, two to a calendar day, morning first.

From CTF 24 on the list is separated by commas, as codes may have two characters. An empty place or "-" is no mark.
A mark on a Saturday or Sunday is refused: such a list does not start on the day it says, and would be misread.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from lxml.etree import _Element

from consentry.imports.cells import Cells
from consentry.imports.ctf.elements import cells, child, children
from consentry.imports.marks.read import MarkRow
from consentry.imports.problems import REASON_OF, Problems, Reason
from consentry.rules.attendance_codes import Session, code_fault

_NO_MARK: Final = frozenset({"", "-"})
_CLOSED: Final = "#"
_SATURDAY: Final = 5
_SESSIONS: Final = tuple(Session)
_FIELD: Final = "AttendanceMarks"


def read_marks_of(pupil: _Element, upn: str, *, on: date, problems: Problems) -> tuple[MarkRow, ...]:
    """The marks of the pupil `upn`, each session once; later days than `on` are refused."""
    taken: set[tuple[date, str]] = set()
    found: list[MarkRow] = []
    for year in children(child(pupil, "Attendance"), "YearData"):
        for sessions in children(year, "AttendSessions"):
            said = cells(sessions, problems)
            for row in _marks(said, upn, on):
                if (row.date, row.session) in taken:
                    said.note(_FIELD, Reason.DUPLICATE, f"{row.date} {row.session}")
                taken.add((row.date, row.session))
                found.append(row)
    return tuple(found)


def _marks(said: Cells, upn: str, on: date) -> Iterator[MarkRow]:
    start = said.day("AttendanceStartDate", latest=on, required=True)
    codes = said.raw(_FIELD).split(",")
    if start is None or len(codes) // 2 > (on - start).days + 14:
        if start is not None:
            said.note(_FIELD, Reason.TOO_LONG, start.isoformat())
        return
    line = said.lines.get(_FIELD, said.line)
    for place, written in enumerate(codes):
        code = written.strip()
        if code in _NO_MARK:
            continue
        day, session = start + timedelta(days=place // 2), _SESSIONS[place % 2]
        if reason := _refusal(code, day, session, on):
            said.note(_FIELD, reason, f"{day} {session.value} {code}")
        elif day.weekday() < _SATURDAY:
            yield MarkRow(line, upn, day, session.value, code, None)


def _refusal(code: str, day: date, session: Session, on: date) -> Reason | None:
    if day > on:
        return Reason.DATE_IN_FUTURE
    if day.weekday() >= _SATURDAY and code != _CLOSED:
        return Reason.CODE_AT_WEEKEND
    fault = code_fault(code, day, session)
    return REASON_OF[fault] if fault else None
