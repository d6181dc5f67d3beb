"""One calling of the roll, and what a register says of a pupil there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consentry.rules.attendance_codes import Session


@dataclass(frozen=True)
class RollCall:
    """The register of one form at one session of one day; of the pupils who are in no form where `form` is None."""

    form: int | None
    day: date
    session: Session


@dataclass(frozen=True)
class Entry:
    """What stands in a register beside a pupil: a mark as it is written ("/", "L"), and how late in minutes."""

    mark: str | None
    minutes: int | None = None


UNMARKED = Entry(None)


@dataclass(frozen=True)
class PlannedEntry:
    """One pupil: what stood there when the person looked, and what is to stand there."""

    student: int
    seen: Entry
    wanted: Entry


@dataclass(frozen=True)
class Marked:
    """What became of a register, by the pupils' ids, without those of whom nothing was wanted.

    `moved` were marked otherwise by somebody else meanwhile and are left alone; `already` say what was wanted; `gone`
    are not on roll, or not in the form, on the day. Without `entered` and `changed` nothing was done.
    """

    entered: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    already: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether anything was written."""
        return bool(self.entered or self.changed)


class InvalidMarksError(Exception):
    """Some of the marks cannot stand there: the reason of each, by the pupil's id."""

    def __init__(self, reasons: Mapping[int, str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons
