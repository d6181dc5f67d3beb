"""From what was counted to what is sent: every check that a return must pass, and the faults that keep it back.

A return with a fault is not sent at all: a school learns at once what is wrong, and no collector is told half a truth.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import dropwhile
from typing import Final

from consentry.rules.attendance_codes import BY_MARK, CodeFault, Session, StatisticalClass, code_fault
from consentry.rules.attendance_payload import (
    CODE_ORDER,
    YEAR_GROUP_ORDER,
    DayCounts,
    MarkCount,
    Payload,
    SessionCounts,
    YearGroupCount,
)
from consentry.rules.gathered import GatheredDay, GatheredMarks
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.school_calendar import SchoolCalendar


class PayloadFault(StrEnum):
    """Why a return cannot be sent as it is; what is not on roll keeps nothing back, and is not counted."""

    NO_YEAR_GROUP = "no_year_group"
    NOT_ON_ROLL = "not_on_roll"
    UNKNOWN_CODE = "unknown_code"
    CODE_NOT_IN_FORCE = "code_not_in_force"
    WRONG_SESSION = "wrong_session"
    MORE_THAN_ROLL = "more_than_roll"


@dataclass(frozen=True, slots=True)
class FoundFault:
    """One fault: on which day and in which session (None: the roll), and of how many pupils or marks."""

    fault: PayloadFault
    day: date
    session: Session | None
    count: int
    code: str = ""


class NotSendableError(Exception):
    """What was counted cannot be sent; `faults` says why, all of them."""

    def __init__(self, faults: Sequence[FoundFault]) -> None:
        super().__init__(", ".join(sorted({each.fault.value for each in faults})))
        self.faults = tuple(faults)


_FAULTS: Final = {
    CodeFault.UNKNOWN: PayloadFault.UNKNOWN_CODE,
    CodeFault.NOT_IN_FORCE: PayloadFault.CODE_NOT_IN_FORCE,
    CodeFault.MORNING_ONLY: PayloadFault.WRONG_SESSION,
    CodeFault.AFTERNOON_ONLY: PayloadFault.WRONG_SESSION,
}
_CLOSED: Final = "#"
"""The mark of a pupil in a session in which the whole school is closed as planned."""


def assemble(urn: str, gathered: Sequence[GatheredDay], calendar: SchoolCalendar) -> Payload:
    """The return of these days. Raises NotSendableError.

    Marks that stand for no pupil's attendance (a planned closure, somebody who is still to come) are not counted, nor
    those of pupils who are not on roll that day: schools learn of leavers afterwards, and `not_counted` tells of them.
    Sub-codes count as the codes that they are part of. Of days before anything is known of the school nothing is told,
    nor of the roll of a day on which it was closed, where that is not known.
    """
    there = calendar.jurisdiction
    told = [each for each in _known(gathered) if _sessions(each, calendar) or not list(_faults(each, there))]
    if faults := [fault for day in told for fault in _faults(day, there)]:
        raise NotSendableError(faults)
    days = tuple(_day(each, calendar) for each in told)
    if faults := [fault for day in days for fault in _disagreements(day)]:
        raise NotSendableError(faults)
    groups = {each.year_group for day in days for each in day.roll}
    return Payload(urn, tuple(sorted(groups, key=YEAR_GROUP_ORDER.__getitem__)), days)


def not_counted(gathered: Sequence[GatheredDay]) -> tuple[FoundFault, ...]:
    """The marks that are left out because their pupils were not on roll that day."""
    return tuple(
        FoundFault(PayloadFault.NOT_ON_ROLL, day.day, marks.session, marks.count, marks.code)
        for day in gathered
        for marks in day.marks
        if not marks.on_roll and _is_attendance(marks)
    )


def _known(gathered: Sequence[GatheredDay]) -> Sequence[GatheredDay]:
    """The days without the first of them, of which the records hold neither a year group nor a mark."""
    known = list(dropwhile(lambda day: not day.marks and all(group is None for group, _ in day.roll), gathered))
    return known or gathered


def _faults(day: GatheredDay, there: Jurisdiction) -> Iterator[FoundFault]:
    for group, count in day.roll:
        if group not in YEAR_GROUP_ORDER:
            yield FoundFault(PayloadFault.NO_YEAR_GROUP, day.day, None, count)
    for marks in day.marks:
        if fault := code_fault(marks.code, day.day, marks.session, there):
            yield FoundFault(_FAULTS[fault], day.day, marks.session, marks.count, marks.code)


def _counts(marks: GatheredMarks) -> bool:
    """Whether they are counted."""
    return marks.on_roll and _is_attendance(marks)


def _is_attendance(marks: GatheredMarks) -> bool:
    """Whether they stand for attendance; what is no code at all is a fault, and passed over by nobody."""
    code = BY_MARK.get(marks.code)
    return code is None or code.statistical is not StatisticalClass.ADMINISTRATIVE


def _day(day: GatheredDay, calendar: SchoolCalendar) -> DayCounts:
    by_session, told = _by_session(day), _sessions(day, calendar)
    roll = sorted(((str(name), count) for name, count in day.roll), key=lambda each: YEAR_GROUP_ORDER[each[0]])
    return DayCounts(
        day.day,
        tuple(YearGroupCount(name, count) for name, count in roll),
        tuple(SessionCounts(each, by_session.get(each, ())) for each in Session if each in told),
    )


def _sessions(day: GatheredDay, calendar: SchoolCalendar) -> frozenset[Session]:
    """The sessions that are told of: those that were to be held, and all in which pupils have marks that count.

    Not one in which they are marked as away because the school is closed as planned, and nobody in any other way.
    """
    closed = {each.session for each in day.marks if each.code == _CLOSED}
    attended = {each.session for each in day.marks if _is_attendance(each)}
    counted = {each.session for each in day.marks if _counts(each)}
    return calendar.open_sessions(day.day) - (closed - attended) | counted


def _by_session(day: GatheredDay) -> Mapping[Session, tuple[MarkCount, ...]]:
    sums: dict[Session, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for each in filter(_counts, day.marks):
        code = BY_MARK[each.code].parent or each.code
        sums[each.session][str(each.year_group), code] += each.count
    return {session: tuple(_in_order(cells)) for session, cells in sums.items()}


def _in_order(cells: Mapping[tuple[str, str], int]) -> Iterator[MarkCount]:
    for group, code in sorted(cells, key=lambda cell: (YEAR_GROUP_ORDER[cell[0]], CODE_ORDER[cell[1]])):
        yield MarkCount(group, code, cells[group, code])


def _disagreements(day: DayCounts) -> Iterator[FoundFault]:
    """What cannot be true of a day: more marks than pupils in a year group, and so in all."""
    roll = {each.year_group: each.count for each in day.roll}
    for session in day.sessions:
        marked: dict[str, int] = defaultdict(int)
        for each in session.marks:
            marked[each.year_group] += each.count
        if over := sum(max(0, count - roll.get(group, 0)) for group, count in marked.items()):
            yield FoundFault(PayloadFault.MORE_THAN_ROLL, day.day, session.session, over)
