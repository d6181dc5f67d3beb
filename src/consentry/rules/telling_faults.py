"""The faults that keep a return back, in words: what is wrong on which day, what to mend, and who can."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from consentry.rules.assembling_payloads import FoundFault, PayloadFault
from consentry.rules.attendance_codes import BY_MARK, Session
from consentry.rules.pages import Page

REGISTERS: Final = "School > Attendance > Registers"


@dataclass(frozen=True, slots=True)
class ToldFault:
    """A fault for people: the sentence, what to do about it, and the page on which that is done (None: on none here).

    `day` and `session` are those of the register that is to be mended.
    """

    what: str
    mend: str
    page: Page | None
    day: date
    session: Session | None


def kept_fault(said: Mapping[str, Any]) -> FoundFault:
    """A fault as a submission keeps it (returns/actions/make_submission.py)."""
    session = Session(said["session"]) if said["session"] else None
    return FoundFault(
        PayloadFault(said["fault"]), date.fromisoformat(said["day"]), session, said["count"], said["code"]
    )


def told_fault(fault: FoundFault) -> ToldFault:
    """The fault in words."""
    words = {
        "day": f"{fault.day.day} {fault.day:%B %Y}",
        "session": f"{fault.session.value} " if fault.session else "",
        "pupils": _counted(fault.count, "pupil"),
        "marks": _counted(fault.count, "mark"),
        "has": "has" if fault.count == 1 else "have",
        "belongs": "belongs" if fault.count == 1 else "belong",
        "code": fault.code,
        "meaning": _meaning(fault.code),
    }
    what, mend, page = _WORDS[fault.fault]
    return ToldFault(what.format(**words), mend, page, fault.day, fault.session)


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _meaning(code: str) -> str:
    return f", “{BY_MARK[code].description}”," if code in BY_MARK else ""


_MARKS: Final = f"Whoever takes registers changes these marks in {REGISTERS}."
_WORDS: Final[Mapping[PayloadFault, tuple[str, str, Page | None]]] = {
    PayloadFault.NO_YEAR_GROUP: (
        "{pupils} on roll on {day} {has} no National Curriculum year group.",
        (
            "Give each of them a year group where your school keeps its pupils, and import that file again. "
            "Whoever imports pupils for your school can do this."
        ),
        None,
    ),
    PayloadFault.NOT_ON_ROLL: (
        "{marks} with code {code} in the {session}register of {day} {belongs} to pupils who were not on roll then.",
        (
            "Check when these pupils joined and left, where your school keeps its pupils, and import that file again; "
            "or take the marks back where the attendance file comes from."
        ),
        None,
    ),
    PayloadFault.UNKNOWN_CODE: (
        "{marks} in the {session}register of {day} {has} the code {code}, which is no attendance code.",
        _MARKS,
        Page.REGISTERS,
    ),
    PayloadFault.CODE_NOT_IN_FORCE: (
        "{marks} in the {session}register of {day} {has} the code {code}{meaning} which could not be used on that day.",
        _MARKS,
        Page.REGISTERS,
    ),
    PayloadFault.WRONG_SESSION: (
        "{marks} in the {session}register of {day} {has} the code {code}{meaning} which belongs to the other session.",
        _MARKS,
        Page.REGISTERS,
    ),
    PayloadFault.MORE_THAN_ROLL: (
        "The {session}register of {day} has {marks} more than there are pupils on roll in their year groups.",
        (
            "Check when these pupils joined, left and changed year group, where your school keeps its pupils, and "
            "import that file again."
        ),
        None,
    ),
}
"""For each fault what is wrong, what to do, and the page of the school where that is done."""
