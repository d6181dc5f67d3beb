"""Which entries may stand in a register at all, whatever stands there now."""

from collections.abc import Iterable
from typing import Final

from consentry.records.mending import MOST_AT_ONCE
from consentry.records.roll_call import InvalidMarksError, PlannedEntry, RollCall
from consentry.rules.attendance_codes import LONGEST_LATENESS, MARKS_WITH_MINUTES, CodeFault, code_fault
from consentry.rules.invalid import InvalidError

_FAULTS: Final = {
    CodeFault.UNKNOWN: "there is no such code",
    CodeFault.NOT_IN_FORCE: "this code is not in use on that day",
    CodeFault.MORNING_ONLY: "this code is for mornings",
    CodeFault.AFTERNOON_ONLY: "this code is for afternoons",
}


def judged(planned: Iterable[PlannedEntry], call: RollCall) -> tuple[PlannedEntry, ...]:
    """The part of the plan that wants something else than was seen, each pupil once: the first that is said of them.

    Raises InvalidMarksError with the reason for each that cannot be, and InvalidError for more than MOST_AT_ONCE.
    """
    found: dict[int, PlannedEntry] = {}
    for each in planned:
        found.setdefault(each.student, each)
        if len(found) > MOST_AT_ONCE:
            raise InvalidError("register", f"at most {MOST_AT_ONCE:,} marks can be entered in one go")
    plan = tuple(each for each in found.values() if each.wanted != each.seen)
    if reasons := {each.student: why for each in plan if (why := _fault(each, call))}:
        raise InvalidMarksError(reasons)
    return plan


def _fault(each: PlannedEntry, call: RollCall) -> str:
    """Why the entry cannot stand there, "" where it can."""
    mark, minutes = each.wanted.mark, each.wanted.minutes
    if mark is None:
        return "a mark can be changed, not taken away" if each.seen.mark else "choose a mark for these minutes"
    if fault := code_fault(mark, call.day, call.session):
        return _FAULTS[fault]
    if minutes is None:
        return ""
    if mark not in MARKS_WITH_MINUTES:
        return "minutes are for those who come late: L or U"
    return "" if 1 <= minutes <= LONGEST_LATENESS else f"say from 1 to {LONGEST_LATENESS} minutes"
