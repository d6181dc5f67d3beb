"""What a school is told of a file that was refused: line, field, reason in words; on the page or as CSV."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from consentry.imports.problems import Problem, Problems, Reason

WORDS: Final[dict[Reason, str]] = {
    Reason.MISSING: "This must be given.",
    Reason.TOO_LONG: "This is too long.",
    Reason.CONTROL_CHARACTER: "This holds a character that cannot be printed.",
    Reason.NOT_A_NUMBER: "This must be a whole number.",
    Reason.NOT_A_FLAG: "This must be true or false.",
    Reason.UNKNOWN_VALUE: "This is not one of the values of its code list.",
    Reason.BAD_FORM: "This is not written in the form that the field needs.",
    Reason.DATE_FORM: "A date must be written as year-month-day, like 2025-09-03.",
    Reason.DATE_NOT_REAL: "There is no such day.",
    Reason.DATE_TOO_EARLY: "This date is too long ago to be right.",
    Reason.DATE_IN_FUTURE: "This date is still to come.",
    Reason.ENDS_BEFORE_START: "This ends before it starts.",
    Reason.UPN_LENGTH: "A unique pupil number has 13 characters.",
    Reason.UPN_FORM: "A unique pupil number is a letter and 12 digits; only the last digit may be a letter.",
    Reason.UPN_CHECK_LETTER: "The first letter does not fit the rest of this unique pupil number: look for a slip.",
    Reason.ULN_FORM: "A unique learner number has 10 digits and does not start with 0.",
    Reason.ULN_CHECK_DIGIT: "The last digit does not fit the rest of this unique learner number: look for a slip.",
    Reason.YEAR_GROUP: "This is not a national curriculum year group.",
    Reason.SCHOOL_NUMBER: "This is not the number of a school.",
    Reason.SESSION: "A session is AM or PM.",
    Reason.CODE_UNKNOWN: "There is no such attendance code.",
    Reason.CODE_NOT_IN_FORCE: "This attendance code was not in use on that day.",
    Reason.CODE_MORNING_ONLY: "This attendance code is for mornings only.",
    Reason.CODE_AFTERNOON_ONLY: "This attendance code is for afternoons only.",
    Reason.CODE_AT_WEEKEND: "This mark falls on a Saturday or Sunday: does the list of marks start on the right day?",
    Reason.MINUTES_RANGE: "Minutes late must be from 1 to 480.",
    Reason.MINUTES_WITHOUT_LATE: "Minutes late go only with the codes L and U.",
    Reason.DUPLICATE: "This is in the file twice.",
    Reason.UNKNOWN_REFERENCE: "This refers to something that the file does not hold.",
    Reason.NOT_IN_LIST: "The school's own code list does not have this.",
    Reason.UNKNOWN_PUPIL: "There is no pupil with this unique pupil number at this school.",
    Reason.NOT_ON_ROLL: "The pupil is not on the school's roll on that day.",
    Reason.OTHER_SCHOOL: "This is the number of another school: is it the right file?",
    Reason.MUST_BE_EMPTY: "This must be empty in a bulk file.",
    Reason.TOO_MANY_PUPILS: "This file names more pupils than any school has.",
    Reason.EMPTY_FILE: "This file is empty.",
    Reason.HEADER: "The first line does not name the expected columns in the expected order.",
    Reason.COLUMNS: "This line does not have as many cells as the header.",
    Reason.CSV_BROKEN: "The quotes on this line do not match.",
    Reason.LINE_TOO_LONG: "This line is too long for the file to be what it says.",
    Reason.RECORD_TOO_LONG: "One record goes on for too long for the file to be what it says.",
    Reason.NUL: "This file holds NUL bytes: it is not text.",
    Reason.ENCODING: "This file is not in the character encoding that it must have or claims; save it as UTF-8.",
    Reason.XML_BROKEN: "This is not well-formed XML.",
    Reason.XML_DOCTYPE: "This XML declares a document type, which is refused because it can hide an attack.",
    Reason.XML_ROOT: "This XML is not a common transfer file.",
    Reason.VERSION: "This version of the format is not supported.",
    Reason.ZIP_BROKEN: "This is not a good zip file.",
    Reason.ZIP_ENCRYPTED: "This zip file is encrypted.",
    Reason.ZIP_TOO_LARGE: "This zip file unpacks to far more than it should.",
    Reason.ZIP_TOO_MANY: "This zip file holds too many files.",
    Reason.ZIP_NAME: "A file in this zip has a name or a folder that is not allowed.",
    Reason.ZIP_LINK: "This zip file holds a link or another special file.",
    Reason.FILE_UNEXPECTED: "The manifest does not announce this file.",
    Reason.FILE_ABSENT: "The manifest announces this file, or the format needs it, but it is not there.",
    Reason.DELTA: "Only bulk files are taken; this one says it holds changes.",
    Reason.CALENDAR_KIND: "This must be term, half-term, closure or open.",
    Reason.DAY_OUT_OF_RANGE: "The days must be of the years 2000 to 2099.",
    Reason.PERIOD_TOO_LONG: "This is longer than a school year.",
    Reason.TWO_SCHOOL_YEARS: "A term or half term lies in one school year, which ends on 31 July.",
    Reason.SESSION_OF_WHOLE_DAYS: "A term or half term is of whole days: leave the session empty.",
    Reason.OVERLAPS_TERM: "Two terms have no day in common; the value is the term that this one overlaps.",
    Reason.OUTSIDE_TERM: "A half term lies within a term: no term of the file or the calendar holds these days.",
    Reason.TOO_MANY_ENTRIES: "A calendar holds 1,000 entries at most.",
}

_FORMULA_STARTS: Final = tuple(
    "=+-@\t\r\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH COMMERCIAL AT}\N{FULLWIDTH HYPHEN-MINUS}"
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One problem in words."""

    part: str
    line: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that is shown of a refused file: the lines in the order they were met, and how many are not shown."""

    lines: tuple[ReportLine, ...]
    total: int

    @property
    def not_shown(self) -> int:
        """Problems beyond those in `lines`."""
        return self.total - len(self.lines)

    def csv(self) -> bytes:
        """The report as a CSV download (UTF-8 with a mark, for spreadsheets), no cell of which is a formula."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["file", "line", "field", "value", "reason"])
        for line in self.lines:
            writer.writerow([_cell(line.part), line.line, _cell(line.field), _cell(line.value), line.reason])
        if self.not_shown:
            writer.writerow(["", "", "", "", f"{self.not_shown} more problems are not listed."])
        return text.getvalue().encode("utf-8-sig")


def report(problems: Problems) -> Report:
    """The report of a file that was refused for `problems`."""
    return Report(tuple(_lines(problems.kept)), problems.total)


def _lines(kept: list[Problem]) -> Iterator[ReportLine]:
    for problem in kept:
        yield ReportLine(problem.part, problem.line, problem.field, problem.value, WORDS[problem.reason])


def _cell(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
