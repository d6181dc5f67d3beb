"""All that a file's rows need while they are turned into records of one school."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from consentry.imports.applying.code_values import CodeValues
from consentry.imports.applying.identities import Identities, new_ids
from consentry.imports.applying.outcome import Progress, Step
from consentry.imports.applying.pupils_here import PupilHere, pupils_here
from consentry.imports.applying.sheet import Sheet
from consentry.imports.applying.staging import Row, Staging
from consentry.imports.problems import Problems, Reason
from consentry.records.models.base import Record
from consentry.records.models.code_list import CodeList
from consentry.schools.models import Site
from consentry.schools.queries import school_id


class Batch:
    """One file for one school: its problems, its staged rows, and what its keys and codes mean there."""

    def __init__(self, site: Site, at: datetime, sheets: Sequence[Sheet], progress: Progress) -> None:
        self.site = site
        self.school = school_id(site)
        self.at = at
        self.on = timezone.localdate(at)
        self.problems = Problems()
        self.staging = Staging(sheets)
        self.fresh_ids = new_ids()
        self.progress = progress
        self._codes = CodeValues(self.school)
        self._identities: dict[type[Record], Identities] = {}
        self._met: dict[Sheet, set[int]] = {}

    def read_so_far(self, done: int, total: int | None = None) -> None:
        """Tell how far the reading is."""
        self.progress(Step.READING, done, total)

    def ids(self, model: type[Record], column: str = "source_key") -> Identities:
        """The ids of a data type by its key."""
        if model not in self._identities:
            self._identities[model] = Identities(self.school, model, column, self.fresh_ids)
        return self._identities[model]

    @cached_property
    def pupils(self) -> dict[str, PupilHere]:
        """The school's pupils by number."""
        return pupils_here(self.school)

    def code(self, model: type[CodeList], text: str, line: int, field: str, part: str = "") -> int | None:
        """The entry that `text` means; None for nothing said, and for what the school lacks, which is noted."""
        if not text:
            return None
        found = self._codes.find(model, text)
        if found is None:
            self.problems.note(line, field, Reason.NOT_IN_LIST, text, part)
        return found

    def code_or_none(self, model: type[CodeList], text: str) -> int | None:
        """The entry that `text` means, None when the school lacks it."""
        return self._codes.find(model, text)

    def add(self, sheet: Sheet, number: int, /, **said: Any) -> bool:
        """Stage a record by its id, unless it was staged already; whether it was the first. "" is nothing said."""
        met = self._met.setdefault(sheet, set())
        if number in met:
            return False
        met.add(number)
        self.stage(sheet, tuple(number if column == "id" else said[column] for column in sheet.columns))
        return True

    def stage(self, sheet: Sheet, row: Row) -> None:
        """Stage a row in the order of the sheet's columns; a file that is refused already is only read on."""
        if not self.problems:
            self.staging.add(sheet, tuple(None if value == "" else value for value in row))
