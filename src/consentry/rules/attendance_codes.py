"""England's attendance codes, the days on which each may be used, and how the statistics count them.

Sources: the Education (Pupil Registration) (England) Regulations 2006 until 18 August 2024; since then the School
Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208), regulation 10. A late change to a mark
of July 2024 follows the codes of July 2024, so a code is always looked up by the day of its session.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from consentry.rules.jurisdictions import Jurisdiction


class Session(Enum):
    """The two halves of a school day."""

    AM = "AM"
    PM = "PM"


class StatisticalClass(Enum):
    """How the statistics count a code; only the last two are not possible sessions."""

    ATTENDING = "attending"
    APPROVED_ACTIVITY = "approved_educational_activity"
    AUTHORISED = "authorised_absence"
    UNAUTHORISED = "unauthorised_absence"
    NOT_POSSIBLE = "not_possible"
    ADMINISTRATIVE = "administrative"


class CodeFault(Enum):
    """Why a mark may not carry a code."""

    UNKNOWN = "unknown"
    NOT_IN_FORCE = "not_in_force"
    MORNING_ONLY = "morning_only"
    AFTERNOON_ONLY = "afternoon_only"


REGULATIONS_2006: Final = date(2006, 9, 1)
LAST_DAY_OF_2006: Final = date(2024, 8, 18)
REGULATIONS_2024: Final = date(2024, 8, 19)
_COVID: Final = (date(2020, 9, 1), date(2022, 8, 31))


@dataclass(frozen=True, slots=True)
class AttendanceCode:
    """One code: what stands in a register (`mark`), its lasting name (`code`), and when it is in force.

    `valid_to` is the last day, None while it is in force. `parent` is the mark that the statistics fold a
    sub-code into. `session` is the only half of the day that may carry it, None for both.
    """

    mark: str
    code: str
    description: str
    statistical: StatisticalClass
    valid_from: date = REGULATIONS_2006
    valid_to: date | None = None
    session: Session | None = None
    parent: str | None = None

    def in_force(self, day: date) -> bool:
        """Whether a session of `day` may carry the code; the first and the last day count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


_PRESENT = StatisticalClass.ATTENDING
_ACTIVITY = StatisticalClass.APPROVED_ACTIVITY
_AUTHORISED = StatisticalClass.AUTHORISED
_UNAUTHORISED = StatisticalClass.UNAUTHORISED
_NOT_POSSIBLE = StatisticalClass.NOT_POSSIBLE
_ADMINISTRATIVE = StatisticalClass.ADMINISTRATIVE


def _new(mark: str, code: str, description: str, statistical: StatisticalClass) -> AttendanceCode:
    return AttendanceCode(mark, code, description, statistical, valid_from=REGULATIONS_2024)


def _retired(mark: str, code: str, description: str, statistical: StatisticalClass) -> AttendanceCode:
    return AttendanceCode(mark, code, description, statistical, valid_to=LAST_DAY_OF_2006)


def _sub_code(mark: str, code: str, description: str, statistical: StatisticalClass) -> AttendanceCode:
    return AttendanceCode(mark, code, description, statistical, *_COVID, parent=mark[0])


CODES: Final = (
    AttendanceCode("/", "PRESENT_AM", "Present, morning", _PRESENT, session=Session.AM),
    AttendanceCode("\\", "PRESENT_PM", "Present, afternoon", _PRESENT, session=Session.PM),
    AttendanceCode("L", "LATE", "Late, before the register closed", _PRESENT),
    _new("K", "LOCAL_AUTHORITY_PROVISION", "Education arranged by the local authority", _ACTIVITY),
    AttendanceCode("V", "EDUCATIONAL_VISIT", "Educational visit or trip", _ACTIVITY),
    AttendanceCode("P", "SPORTING_ACTIVITY", "Sporting activity", _ACTIVITY),
    AttendanceCode("W", "WORK_EXPERIENCE", "Work experience", _ACTIVITY),
    AttendanceCode("B", "OTHER_EDUCATIONAL_ACTIVITY", "Other approved educational activity", _ACTIVITY),
    _retired("J", "INTERVIEW_ACTIVITY", "At an interview", _ACTIVITY),
    AttendanceCode("C", "OTHER_AUTHORISED", "Leave in exceptional circumstances", _AUTHORISED),
    _new("C1", "REGULATED_PERFORMANCE", "Regulated performance or licensed employment abroad", _AUTHORISED),
    _new("C2", "PART_TIME_TIMETABLE", "Temporary part-time timetable", _AUTHORISED),
    AttendanceCode("E", "EXCLUDED", "Suspended or excluded, no other provision made", _AUTHORISED),
    AttendanceCode("F", "EXTENDED_HOLIDAY", "Extended family holiday, agreed", _AUTHORISED, valid_to=date(2013, 8, 31)),
    _retired("H", "HOLIDAY_AGREED", "Family holiday, agreed", _AUTHORISED),
    AttendanceCode("I", "ILLNESS", "Illness", _AUTHORISED),
    _new("J1", "INTERVIEW", "Interview for a job or for admission elsewhere", _AUTHORISED),
    AttendanceCode("M", "MEDICAL", "Medical or dental appointment", _AUTHORISED),
    AttendanceCode("R", "RELIGIOUS_OBSERVANCE", "Religious observance", _AUTHORISED),
    AttendanceCode("S", "STUDY_LEAVE", "Study leave for public examinations", _AUTHORISED),
    AttendanceCode("T", "TRAVELLING", "Parent travelling for occupational purposes", _AUTHORISED),
    AttendanceCode("G", "HOLIDAY_NOT_GRANTED", "Holiday not granted by the school", _UNAUTHORISED),
    AttendanceCode("N", "NO_REASON_YET", "Reason for absence not yet established", _UNAUTHORISED),
    AttendanceCode("O", "UNAUTHORISED", "Absent in other or unknown circumstances", _UNAUTHORISED),
    AttendanceCode("U", "LATE_AFTER_CLOSED", "Arrived after the register closed", _UNAUTHORISED),
    AttendanceCode("D", "DUAL_REGISTERED", "At another school where registered", _NOT_POSSIBLE),
    _new("Q", "NO_ACCESS_ARRANGEMENTS", "Access arrangements not made", _NOT_POSSIBLE),
    AttendanceCode("X", "NOT_REQUIRED", "Not of compulsory school age and not required", _NOT_POSSIBLE),
    _retired("Y", "UNABLE_TO_ATTEND", "Unable to attend through exceptional circumstances", _NOT_POSSIBLE),
    _new("Y1", "TRANSPORT_UNAVAILABLE", "Transport normally provided not available", _NOT_POSSIBLE),
    _new("Y2", "TRAVEL_DISRUPTION", "Widespread disruption to travel", _NOT_POSSIBLE),
    _new("Y3", "PREMISES_PARTLY_CLOSED", "Part of the premises closed", _NOT_POSSIBLE),
    _new("Y4", "SITE_CLOSED", "Whole school unexpectedly closed", _NOT_POSSIBLE),
    _new("Y5", "DETAINED", "In criminal justice detention", _NOT_POSSIBLE),
    _new("Y6", "PUBLIC_HEALTH", "Public health guidance or law", _NOT_POSSIBLE),
    _new("Y7", "OTHER_UNAVOIDABLE", "Other unavoidable cause", _NOT_POSSIBLE),
    AttendanceCode("Z", "PROSPECTIVE", "Prospective pupil, not on the register", _ADMINISTRATIVE),
    AttendanceCode("#", "PLANNED_CLOSURE", "Planned whole-school closure", _ADMINISTRATIVE),
    _sub_code("I01", "COVID_ILLNESS", "Illness, not coronavirus", _AUTHORISED),
    _sub_code("I02", "COVID_CONFIRMED", "Illness, confirmed coronavirus", _AUTHORISED),
    _sub_code("X01", "COVID_NOT_REQUIRED", "Not of compulsory school age", _NOT_POSSIBLE),
    _sub_code("X02", "COVID_SYMPTOMS", "Isolating with symptoms", _NOT_POSSIBLE),
    _sub_code("X03", "COVID_CONTACT_INSIDE", "Isolating, contact inside school", _NOT_POSSIBLE),
    _sub_code("X04", "COVID_CONTACT_OUTSIDE", "Isolating, contact outside school", _NOT_POSSIBLE),
    _sub_code("X05", "COVID_QUARANTINE", "Quarantine after travel", _NOT_POSSIBLE),
    _sub_code("X06", "COVID_SHIELDING", "Shielding", _NOT_POSSIBLE),
    _sub_code("X07", "COVID_GOVERNMENT_ADVICE", "Advised by government not to attend", _NOT_POSSIBLE),
)

BY_MARK: Final = {code.mark: code for code in CODES}
BY_CODE: Final = {code.code: code for code in CODES}
MARKS_WITH_MINUTES: Final = frozenset({"L", "U"})
LONGEST_LATENESS: Final = 480  # minutes: longer than any session


CODE_SETS: Final[Mapping[Jurisdiction, Mapping[str, AttendanceCode]]] = {Jurisdiction.ENGLAND: BY_MARK}
"""The codes of each part of the kingdom, by mark: the same letter means something else elsewhere. Those whose codes are
not known here have no set: nothing is sent of their schools, and no collector can ask them."""


def code_fault(
    mark: str, day: date, session: Session, jurisdiction: Jurisdiction = Jurisdiction.ENGLAND
) -> CodeFault | None:
    """Why the `session` of `day` may not carry `mark` there, or None when it may."""
    code = CODE_SETS.get(jurisdiction, {}).get(mark)
    if code is None:
        return CodeFault.UNKNOWN
    if not code.in_force(day):
        return CodeFault.NOT_IN_FORCE
    if code.session in (None, session):
        return None
    return CodeFault.MORNING_ONLY if code.session is Session.AM else CodeFault.AFTERNOON_ONLY


def codes_on(day: date, jurisdiction: Jurisdiction = Jurisdiction.ENGLAND) -> Iterator[AttendanceCode]:
    """The codes in force on `day` there, in the order of the code list."""
    return (code for code in CODE_SETS.get(jurisdiction, {}).values() if code.in_force(day))
