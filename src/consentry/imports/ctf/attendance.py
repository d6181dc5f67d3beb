"""The attendance marks of a pupil: a list from a start date, two to a calendar day, morning first.

From CTF 24 on the list is separated by commas, as codes may have two characters. An empty place or "-" is no mark.
A mark on a Saturday or Sunday is refused: such a list does not start on the day it says, and would be misread.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from consentry.imports.cells import Cells
from consentry.imports.ctf.elements import Part
from consentry.imports.marks.read import MarkRow
from consentry.imports.problems import REASON_OF, Reason
from consentry.rules.attendance_codes import Session, code_fault

_NO_MARK: Final = frozenset({"", "-"})
_CLOSED: Final = "#"
_SATURDAY: Final = 5
_SESSIONS: Final = tuple(Session)
_DAY: Final = timedelta(days=1)
_WEEKS_AHEAD: Final = timedelta(weeks=2)  # a list may run to the end of its last week, in empty places
_FIELD: Final = "AttendanceMarks"


def read_marks_of(pupil: Part, upn: str, laestab: str, *, on: date) -> tuple[MarkRow, ...]:
    """The marks of the pupil `upn` at this school, each session once; later days than `on` are refused.

    A file may hold marks of schools that the pupil was at before: they stand in those schools' registers.
    """
    taken: set[tuple[date, str]] = set()
    found: list[MarkRow] = []
    for year in pupil.parts("Attendance", "YearData"):
        school = year.said.raw("LEA") + year.said.raw("Estab").zfill(4)
        if year.said.raw("Estab") and school != laestab:
            continue
        for sessions in year.parts("AttendSessions"):
            for row in _marks(sessions.said, upn, on):
                if (row.date, row.session) in taken:
                    sessions.said.note(_FIELD, Reason.DUPLICATE, f"{row.date} {row.session}")
                taken.add((row.date, row.session))
                found.append(row)
    return tuple(found)


def _marks(said: Cells, upn: str, on: date) -> Iterator[MarkRow]:
    start = said.day("AttendanceStartDate", latest=on, required=True)
    if start is None:
        return
    codes = said.raw(_FIELD).split(",")
    if start + len(codes) // 2 * _DAY > on + _WEEKS_AHEAD:
        said.note(_FIELD, Reason.TOO_LONG, start.isoformat())
        return
    line = said.lines.get(_FIELD, said.line)
    for place, code in enumerate(codes):
        if code in _NO_MARK:
            continue
        day, session = start + place // 2 * _DAY, _SESSIONS[place % 2]
        if reason := _refusal(code, day, session, on):
            said.note(_FIELD, reason, f"{day} {session.value} {code}")
        elif day.weekday() < _SATURDAY:
            yield MarkRow(line, upn, day, session.value, code, None)


@lru_cache(maxsize=65_536)  # the pupils of a school share their days
def _refusal(code: str, day: date, session: Session, on: date) -> Reason | None:
    if day > on:
        return Reason.DATE_IN_FUTURE
    if day.weekday() >= _SATURDAY and code != _CLOSED:
        return Reason.CODE_AT_WEEKEND
    fault = code_fault(code, day, session)
    return REASON_OF[fault] if fault else None
