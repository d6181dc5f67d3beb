"""The cells of one record, read with checks: what cannot be read is noted as a problem and reads as nothing."""

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from consentry.imports.limits import TEXT_LENGTH
from consentry.imports.problems import REASON_OF, Problems, Reason
from consentry.rules.dates import EARLIEST_RECORD, DateFault, birth_day, day_between
from consentry.rules.uln import uln_fault
from consentry.rules.upn import upn_fault
from consentry.rules.year_groups import YearGroupFault, year_group

# C0 and C1 controls (C1 betrays a wrong encoding), and the marks that turn the direction of text around
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NUMBER: Final = re.compile("[0-9]{1,9}", re.ASCII)
_FLAGS: Final = {"true": True, "1": True, "y": True, "yes": True, "false": False, "0": False, "n": False, "no": False}
LATEST_DAY: Final = date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Cells:
    """One record: its line, its cells by field name, and where problems go.

    `lines` gives a field a line of its own where the record spans several; `part` is the file within a zip.
    """

    line: int
    values: Mapping[str, str]
    problems: Problems
    part: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def note(self, name: str, reason: Reason, value: str = "") -> None:
        """Note a problem with the field `name`."""
        self.problems.note(self.lines.get(name, self.line), name, reason, value, self.part)

    def raw(self, name: str, *, required: bool = False) -> str:
        """The cell without the space around it; "" when empty, a problem when `required`."""
        value = self.values.get(name, "").strip()
        if required and not value:
            self.note(name, Reason.MISSING)
        return value

    def text(self, name: str, *, required: bool = False, longest: int = TEXT_LENGTH) -> str:
        """The cell as composed Unicode with single spaces; "" when empty or refused."""
        value = " ".join(self.raw(name, required=required).split())
        if not value.isascii():
            value = unicodedata.normalize("NFC", value)
        if len(value) > longest:
            self.note(name, Reason.TOO_LONG, value)
        elif _UNFIT.search(value):
            self.note(name, Reason.CONTROL_CHARACTER, value)
        else:
            return value
        return ""

    def form(self, name: str, pattern: re.Pattern[str], *, required: bool = False) -> str:
        """The cell when the whole of it fits `pattern`; "" when empty or refused."""
        value = self.raw(name, required=required)
        if not value or pattern.fullmatch(value):
            return value
        self.note(name, Reason.BAD_FORM, value)
        return ""

    def choice(self, name: str, allowed: Container[str], *, required: bool = False) -> str:
        """The cell when it is one of `allowed`; "" when empty or refused."""
        value = self.raw(name, required=required)
        if not value or value in allowed:
            return value
        self.note(name, Reason.UNKNOWN_VALUE, value)
        return ""

    def flag(self, name: str) -> bool | None:
        """The cell as yes or no; None when empty or refused."""
        value = self.raw(name)
        found = _FLAGS.get(value.lower())
        if value and found is None:
            self.note(name, Reason.NOT_A_FLAG, value)
        return found

    def number(self, name: str, *, most: int) -> int | None:
        """The cell as a whole number from 0 to `most`; None when empty or refused."""
        value = self.raw(name)
        if not value:
            return None
        if _NUMBER.fullmatch(value) and int(value) <= most:
            return int(value)
        self.note(name, Reason.NOT_A_NUMBER, value)
        return None

    def day(self, name: str, *, latest: date = LATEST_DAY, required: bool = False) -> date | None:
        """The cell as a day from 1900 to `latest`; None when empty or refused."""
        value = self.raw(name, required=required)
        return self._day(name, value, day_between(value, EARLIEST_RECORD, latest)) if value else None

    def birth_day(self, name: str, *, on: date, required: bool = False) -> date | None:
        """The cell as the birthday of a pupil known `on` a day; None when empty or refused."""
        value = self.raw(name, required=required)
        return self._day(name, value, birth_day(value, on=on)) if value else None

    def _day(self, name: str, value: str, found: date | DateFault) -> date | None:
        if isinstance(found, DateFault):
            self.note(name, REASON_OF[found], value)
            return None
        return found

    def year_group(self, name: str) -> str:
        """The cell as a year group in its one form; "" when empty or refused."""
        value = self.raw(name)
        if not value:
            return ""
        found = year_group(value)
        if isinstance(found, YearGroupFault):
            self.note(name, REASON_OF[found], value)
            return ""
        return found

    def upn(self, name: str, *, required: bool = False) -> str:
        """The cell as a unique pupil number with a good check letter; "" when empty or refused."""
        value = self.raw(name, required=required)
        if value and (fault := upn_fault(value)):
            self.note(name, REASON_OF[fault], value)
            return ""
        return value

    def uln(self, name: str) -> str:
        """The cell as a unique learner number with a good check digit; "" when empty or refused."""
        value = self.raw(name)
        if value and (fault := uln_fault(value)):
            self.note(name, REASON_OF[fault], value)
            return ""
        return value

    def in_order(self, start: date | None, end: date | None, name: str) -> None:
        """Note a problem with the field `name` when `end` comes before `start`."""
        if start and end and end < start:
            self.note(name, Reason.ENDS_BEFORE_START, end.isoformat())
