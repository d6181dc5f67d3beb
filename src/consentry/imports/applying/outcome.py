"""What an import tells: how far it is, what it did, or that the file was refused."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from consentry.imports.problems import Problems


class Step(Enum):
    """The three parts of an import."""

    READING = "reading"
    CHECKING = "checking"
    WRITING = "writing"


Progress = Callable[[Step, int, int | None], None]
"""Called with the step, how much of it is done, and how much there is (None: not known)."""


@dataclass(frozen=True)
class Count:
    """The records of one data type that a file speaks of."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class Imported:
    """What an import did: counts by data type; `revision` is None when the file said nothing new."""

    kind: str
    sha256: str
    counts: dict[str, Count]
    revision: int | None

    @property
    def added(self) -> int:
        """Records that were not there before, of all types."""
        return sum(count.added for count in self.counts.values())

    @property
    def changed(self) -> int:
        """Records in which something was changed, of all types."""
        return sum(count.changed for count in self.counts.values())

    @property
    def unchanged(self) -> int:
        """Records that were as the file says, of all types."""
        return sum(count.unchanged for count in self.counts.values())


class RefusedFileError(Exception):
    """The file has problems: nothing of it was applied."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(f"{problems.total} problems")
        self.problems = problems
