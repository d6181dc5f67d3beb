"""Reading CSV of unknown origin line by line: UTF-8 only, bounded lines and records, no NUL, strict quotes."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from consentry.imports.limits import CSV_LINE, CSV_LINES_A_RECORD
from consentry.imports.problems import Problem, Reason, StopReadingError

_BOM = b"\xef\xbb\xbf"


class _Lines:
    """The lines of a stream as text, counted; what cannot be a line of the file stops the reading."""

    def __init__(self, stream: BinaryIO, longest: int, lines_a_record: int) -> None:
        self.line = 0
        self.in_record = 0
        self._readline = stream.readline
        self._longest = longest
        self._lines_a_record = lines_a_record

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        raw = self._readline(self._longest + 1)
        if not raw:
            raise StopIteration
        self.line += 1
        self.in_record += 1
        if len(raw) > self._longest:
            raise StopReadingError(Problem(self.line, "", Reason.LINE_TOO_LONG))
        if self.in_record > self._lines_a_record:
            raise StopReadingError(Problem(self.line, "", Reason.RECORD_TOO_LONG))
        if self.line == 1:
            raw = raw.removeprefix(_BOM)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise StopReadingError(Problem(self.line, "", Reason.ENCODING)) from None
        if "\0" in text:
            raise StopReadingError(Problem(self.line, "", Reason.NUL))
        return text


def csv_rows(
    stream: BinaryIO, *, longest_line: int = CSV_LINE, lines_a_record: int = CSV_LINES_A_RECORD
) -> Iterator[tuple[int, list[str]]]:
    """The records of `stream`, each with the line on which it ends (from 1); wholly empty lines are left out.

    Raises StopReadingError on bytes that are not UTF-8, NUL, broken quotes, or a line or record over its bound.
    """
    lines = _Lines(stream, longest_line, lines_a_record)
    reader = csv.reader(lines, strict=True)
    try:
        for row in reader:
            lines.in_record = 0
            if row:
                yield lines.line, row
    except csv.Error as broken:
        raise StopReadingError(Problem(lines.line, "", Reason.CSV_BROKEN, str(broken))) from None
