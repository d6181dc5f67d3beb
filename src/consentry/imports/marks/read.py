"""Reads a CSV of attendance marks as a stream and judges every row.

A year of a school is 570,000 rows, so what repeats is judged once: a pupil number, and a code on a session of a
day. Only good values are remembered, which bounds memory whatever the file holds. Duplicates are found with one
bit a session in one number a pupil.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, Final, NamedTuple

from consentry.imports.csv_rows import csv_rows
from consentry.imports.limits import MARKS_LINE, PUPILS
from consentry.imports.problems import REASON_OF, Problem, Problems, Reason, StopReadingError
from consentry.rules.attendance_codes import (
    LONGEST_LATENESS,
    MARKS_WITH_MINUTES,
    REGULATIONS_2006,
    Session,
    code_fault,
)
from consentry.rules.dates import DateFault, day_between
from consentry.rules.upn import upn_fault

HEADER: Final = ("upn", "date", "session", "code")
MINUTES: Final = "minutes_late"

_DIGITS: Final = re.compile("[0-9]+", re.ASCII)  # a line is short, so is the number
_SESSIONS: Final = {session.value: session for session in Session}


class MarkRow(NamedTuple):
    """One mark. A tuple, as there are half a million: `line` first, then the columns in the order of staging.

    `session` is "AM" or "PM"; `minutes_late` is whole minutes or None.
    """

    line: int
    upn: str
    date: date
    session: str
    code: str
    minutes_late: int | None


class _Slot(NamedTuple):
    """A good code on a good session: its bit in the pupils' numbers and its parsed day."""

    bit: int
    date: date


class _Judge:
    """What one file has shown so far: good pupils with the sessions they have, good codes by session."""

    def __init__(self, on: date, problems: Problems) -> None:
        self.on = on
        self.problems = problems
        self.taken: dict[str, int] = {}
        self.slots: dict[tuple[str, str, str], _Slot] = {}
        self.bits: dict[tuple[date, str], int] = {}

    def slot(self, line: int, day_text: str, session_text: str, code: str) -> _Slot | None:
        """Judge a code on a session of a day, and remember it when it is good."""
        day = day_between(day_text, REGULATIONS_2006, self.on)
        session = _SESSIONS.get(session_text)
        if session is None:
            self.problems.note(line, "session", Reason.SESSION, session_text)
        if isinstance(day, DateFault):
            self.problems.note(line, "date", REASON_OF[day], day_text)
        if session is None or isinstance(day, DateFault):
            return None
        if fault := code_fault(code, day, session):
            self.problems.note(line, "code", REASON_OF[fault], code)
            return None
        bit = self.bits.setdefault((day, session_text), 1 << len(self.bits))
        slot = self.slots[day_text, session_text, code] = _Slot(bit, day)
        return slot

    def pupil(self, line: int, upn: str) -> int | None:
        """Judge a pupil number not met before: no sessions yet, or None for a bad one."""
        if fault := upn_fault(upn):
            self.problems.note(line, "upn", REASON_OF[fault], upn)
            return None
        if len(self.taken) >= PUPILS:
            raise StopReadingError(Problem(line, "upn", Reason.TOO_MANY_PUPILS))
        self.taken[upn] = 0
        return 0

    def minutes(self, line: int, text: str, code: str) -> int | None:
        """The minutes late that `text` says, None for a problem, which is noted."""
        if code not in MARKS_WITH_MINUTES:
            self.problems.note(line, MINUTES, Reason.MINUTES_WITHOUT_LATE, text)
        elif _DIGITS.fullmatch(text) is None:
            self.problems.note(line, MINUTES, Reason.NOT_A_NUMBER, text)
        elif not 1 <= int(text) <= LONGEST_LATENESS:
            self.problems.note(line, MINUTES, Reason.MINUTES_RANGE, text)
        else:
            return int(text)
        return None


def read_marks(stream: BinaryIO, *, on: date, problems: Problems) -> Iterator[MarkRow]:
    """The good rows of `stream`, in order; what is wrong is noted in `problems`.

    `on` is today: later days are refused. Rows come while later lines may still be bad, so the caller stages
    them and applies nothing if `problems` is true at the end.
    """
    try:
        yield from _rows(stream, on, problems)
    except StopReadingError as stop:
        problems.keep(stop.problem)


def _rows(stream: BinaryIO, on: date, problems: Problems) -> Iterator[MarkRow]:
    records = csv_rows(stream, longest_line=MARKS_LINE, lines_a_record=1)
    width = _width(next(records, None))
    judge = _Judge(on, problems)
    taken, slots = judge.taken, judge.slots
    minutes_text, minutes = "", None
    for line, cells in records:
        if len(cells) != width:
            problems.note(line, "", Reason.COLUMNS, str(len(cells)))
            continue
        if width == len(HEADER):
            upn, day_text, session, code = cells
        else:
            upn, day_text, session, code, minutes_text = cells
        had = taken.get(upn)
        if had is None:
            had = judge.pupil(line, upn)
        slot = slots.get((day_text, session, code)) or judge.slot(line, day_text, session, code)
        minutes = judge.minutes(line, minutes_text, code) if minutes_text else None
        if had is None or slot is None:
            continue
        if had & slot.bit:
            problems.note(line, "session", Reason.DUPLICATE, f"{upn} {day_text} {session}")
            continue
        taken[upn] = had | slot.bit
        yield MarkRow(line, upn, slot.date, session, code, minutes)


def _width(first: tuple[int, list[str]] | None) -> int:
    """How many columns the header has: four, or five with minutes; anything else stops the reading."""
    if first is None:
        raise StopReadingError(Problem(1, "", Reason.EMPTY_FILE))
    names = tuple(name.strip().lower() for name in first[1])
    if names not in (HEADER, (*HEADER, MINUTES)):
        raise StopReadingError(Problem(1, "", Reason.HEADER, ",".join(first[1])))
    return len(names)
