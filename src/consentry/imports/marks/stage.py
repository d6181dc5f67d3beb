"""Attendance marks as records: which pupil, which roll call, which mark of the school's list."""

from dataclasses import dataclass, field
from typing import Final

from consentry.imports.applying.batch import Batch
from consentry.imports.applying.pupils_here import PupilHere
from consentry.imports.applying.sheet import Sheet
from consentry.imports.marks.read import MarkRow
from consentry.imports.problems import Reason
from consentry.records.models import AttendanceMark, AttendanceRollCall, AttendanceRollCallRecord
from consentry.rules.attendance_codes import BY_MARK

_MATCH: Final = ("student_id", "record_date", "attendance_roll_call_id")
MARKS: Final = Sheet(AttendanceRollCallRecord, ("attendance_mark_id", "minutes_late"), along=("source",), match=_MATCH)
MARKS_WITHOUT_MINUTES: Final = Sheet(
    AttendanceRollCallRecord, ("attendance_mark_id",), along=("minutes_late", "source"), match=_MATCH
)
"""For files that cannot say minutes: a mark that stays the same keeps those it has."""


@dataclass(slots=True)
class MarkStager:
    """Stages marks; what repeats half a million times is looked up once."""

    batch: Batch
    sheet: Sheet
    source: str
    _codes: dict[str, int | None] = field(default_factory=dict)
    _sessions: dict[str, int | None] = field(default_factory=dict)

    def add(self, row: MarkRow, pupil: PupilHere | None) -> None:
        """Stage the mark of a pupil, or note that the pupil is not of this school or not on roll that day."""
        note = self.batch.problems.note
        if pupil is None:
            note(row.line, "upn", Reason.UNKNOWN_PUPIL, row.upn)
            return
        if not pupil.covers(row.date):
            note(row.line, "date", Reason.NOT_ON_ROLL, f"{row.upn} {row.date}")
            return
        mark, session = self._mark(row), self._session(row)
        if mark is not None and session is not None and not self.batch.problems:
            said = (pupil.student, row.date, session, mark, row.minutes_late, self.source)
            self.batch.staging.add(self.sheet, said)

    def _mark(self, row: MarkRow) -> int | None:
        if row.code not in self._codes:
            self._codes[row.code] = self.batch.code_or_none(AttendanceMark, BY_MARK[row.code].code)
        found = self._codes[row.code]
        if found is None:
            self.batch.problems.note(row.line, "code", Reason.NOT_IN_LIST, row.code)
        return found

    def _session(self, row: MarkRow) -> int | None:
        if row.session not in self._sessions:
            self._sessions[row.session] = self.batch.code_or_none(AttendanceRollCall, row.session)
        found = self._sessions[row.session]
        if found is None:
            self.batch.problems.note(row.line, "session", Reason.NOT_IN_LIST, row.session)
        return found
