"""What is wrong with a file: each problem has a line, a field and a reason, never a sentence.

Words for people are made in report.py. A parser notes every problem it meets and goes on, so that the school
mends its file once; where going on makes no sense it stops with `StopReadingError`.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from consentry.imports.limits import SHOWN_PROBLEMS, VALUE_LENGTH
from consentry.rules.attendance_codes import CodeFault
from consentry.rules.calendar_faults import CalendarFault
from consentry.rules.dates import DateFault
from consentry.rules.establishment import EstablishmentFault
from consentry.rules.uln import UlnFault
from consentry.rules.upn import UpnFault
from consentry.rules.year_groups import YearGroupFault


class Reason(Enum):
    """Why a value, a record or a whole file is refused."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_FLAG = "not_a_flag"
    UNKNOWN_VALUE = "unknown_value"
    BAD_FORM = "bad_form"
    DATE_FORM = "date_form"
    DATE_NOT_REAL = "date_not_real"
    DATE_TOO_EARLY = "date_too_early"
    DATE_IN_FUTURE = "date_in_future"
    ENDS_BEFORE_START = "ends_before_start"
    UPN_LENGTH = "upn_length"
    UPN_FORM = "upn_form"
    UPN_CHECK_LETTER = "upn_check_letter"
    ULN_FORM = "uln_form"
    ULN_CHECK_DIGIT = "uln_check_digit"
    YEAR_GROUP = "year_group"
    SCHOOL_NUMBER = "school_number"
    SESSION = "session"
    CODE_UNKNOWN = "code_unknown"
    CODE_NOT_IN_FORCE = "code_not_in_force"
    CODE_MORNING_ONLY = "code_morning_only"
    CODE_AFTERNOON_ONLY = "code_afternoon_only"
    CODE_AT_WEEKEND = "code_at_weekend"
    MINUTES_RANGE = "minutes_range"
    MINUTES_WITHOUT_LATE = "minutes_without_late"
    DUPLICATE = "duplicate"
    UNKNOWN_REFERENCE = "unknown_reference"
    NOT_IN_LIST = "not_in_list"
    UNKNOWN_PUPIL = "unknown_pupil"
    NOT_ON_ROLL = "not_on_roll"
    OTHER_SCHOOL = "other_school"
    MUST_BE_EMPTY = "must_be_empty"
    TOO_MANY_PUPILS = "too_many_pupils"
    EMPTY_FILE = "empty_file"
    HEADER = "header"
    COLUMNS = "columns"
    CSV_BROKEN = "csv_broken"
    LINE_TOO_LONG = "line_too_long"
    RECORD_TOO_LONG = "record_too_long"
    NUL = "nul"
    ENCODING = "encoding"
    XML_BROKEN = "xml_broken"
    XML_DOCTYPE = "xml_doctype"
    XML_ROOT = "xml_root"
    VERSION = "version"
    ZIP_BROKEN = "zip_broken"
    ZIP_ENCRYPTED = "zip_encrypted"
    ZIP_TOO_LARGE = "zip_too_large"
    ZIP_TOO_MANY = "zip_too_many"
    ZIP_NAME = "zip_name"
    ZIP_LINK = "zip_link"
    FILE_UNEXPECTED = "file_unexpected"
    FILE_ABSENT = "file_absent"
    DELTA = "delta"
    CALENDAR_KIND = "calendar_kind"
    DAY_OUT_OF_RANGE = "day_out_of_range"
    PERIOD_TOO_LONG = "period_too_long"
    TWO_SCHOOL_YEARS = "two_school_years"
    SESSION_OF_WHOLE_DAYS = "session_of_whole_days"
    OVERLAPS_TERM = "overlaps_term"
    OUTSIDE_TERM = "outside_term"
    TOO_MANY_ENTRIES = "too_many_entries"


Fault = UpnFault | UlnFault | CodeFault | DateFault | EstablishmentFault | YearGroupFault | CalendarFault

REASON_OF: Final[dict[Fault, Reason]] = {
    UpnFault.LENGTH: Reason.UPN_LENGTH,
    UpnFault.FORM: Reason.UPN_FORM,
    UpnFault.CHECK_LETTER: Reason.UPN_CHECK_LETTER,
    UlnFault.FORM: Reason.ULN_FORM,
    UlnFault.CHECK_DIGIT: Reason.ULN_CHECK_DIGIT,
    CodeFault.UNKNOWN: Reason.CODE_UNKNOWN,
    CodeFault.NOT_IN_FORCE: Reason.CODE_NOT_IN_FORCE,
    CodeFault.MORNING_ONLY: Reason.CODE_MORNING_ONLY,
    CodeFault.AFTERNOON_ONLY: Reason.CODE_AFTERNOON_ONLY,
    DateFault.FORM: Reason.DATE_FORM,
    DateFault.NOT_REAL: Reason.DATE_NOT_REAL,
    DateFault.TOO_EARLY: Reason.DATE_TOO_EARLY,
    DateFault.IN_FUTURE: Reason.DATE_IN_FUTURE,
    EstablishmentFault.URN_FORM: Reason.SCHOOL_NUMBER,
    EstablishmentFault.LAESTAB_FORM: Reason.SCHOOL_NUMBER,
    EstablishmentFault.AUTHORITY: Reason.SCHOOL_NUMBER,
    YearGroupFault.UNKNOWN: Reason.YEAR_GROUP,
    CalendarFault.ENDS_BEFORE_START: Reason.ENDS_BEFORE_START,
    CalendarFault.OUT_OF_RANGE: Reason.DAY_OUT_OF_RANGE,
    CalendarFault.TOO_LONG: Reason.PERIOD_TOO_LONG,
    CalendarFault.TWO_SCHOOL_YEARS: Reason.TWO_SCHOOL_YEARS,
    CalendarFault.SESSION_OF_WHOLE_DAYS: Reason.SESSION_OF_WHOLE_DAYS,
    CalendarFault.OVERLAPS_TERM: Reason.OVERLAPS_TERM,
    CalendarFault.OUTSIDE_TERM: Reason.OUTSIDE_TERM,
    CalendarFault.ENTERED_ALREADY: Reason.DUPLICATE,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where (the file in a zip, the line from 1, the field), why, and the value, made safe to show."""

    line: int
    field: str
    reason: Reason
    value: str = ""
    part: str = ""


class StopReadingError(Exception):
    """Reading cannot go on; carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(slots=True)
class Problems:
    """The problems of one file: the first `show` are kept, all are counted."""

    show: int = SHOWN_PROBLEMS
    kept: list[Problem] = field(default_factory=list)
    total: int = 0

    def note(self, line: int, name: str, reason: Reason, value: str = "", part: str = "") -> None:
        """Count a problem, and keep it while there is room."""
        self.keep(Problem(line, name, reason, value, part))

    def keep(self, problem: Problem) -> None:
        """Count a problem, and keep it with its value made safe while there is room."""
        self.total += 1
        if len(self.kept) < self.show:
            safe = safe_text(problem.value)
            self.kept.append(Problem(problem.line, problem.field, problem.reason, safe, problem.part))

    def __bool__(self) -> bool:
        """Whether the file is refused."""
        return self.total > 0


def safe_text(value: str) -> str:
    """`value` short and on one line, with what cannot be printed shown as a replacement character."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in value[:VALUE_LENGTH])
    return shown + "…" if len(value) > VALUE_LENGTH else shown
