"""The shape of an invented school: phase, year groups, forms, subjects."""

from dataclasses import dataclass
from typing import Final

from consentry.imports.sample.words import PRIMARY_SUBJECTS, SECONDARY_SUBJECTS

_FORM_SIZE: Final = 30
_PRIMARY_NUMBERS: Final = range(2000, 4000)
_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """What a school is known by, and its forms in the order of year groups ("7A", "7B", "8A", ...)."""

    urn: str
    laestab: str
    name: str
    school_year: int
    year_groups: tuple[str, ...]
    forms_a_year: int

    @classmethod
    def of(cls, urn: str, laestab: str, name: str, school_year: int, pupils: int) -> "SchoolPlan":
        """The plan that has room for `pupils` pupils in forms of about thirty."""
        primary = int(laestab[3:]) in _PRIMARY_NUMBERS
        groups = ("R", "1", "2", "3", "4", "5", "6") if primary else ("7", "8", "9", "10", "11")
        forms = max(1, min(len(_LETTERS), -(-pupils // (len(groups) * _FORM_SIZE))))
        return cls(urn, laestab, name, school_year, groups, forms)

    @property
    def is_primary(self) -> bool:
        """Whether the school ends with year 6."""
        return self.year_groups[0] == "R"

    @property
    def forms(self) -> tuple[str, ...]:
        """The names of all registration forms."""
        return tuple(group + letter for group in self.year_groups for letter in _LETTERS[: self.forms_a_year])

    @property
    def subjects(self) -> dict[str, str]:
        """The subjects by their codes."""
        return PRIMARY_SUBJECTS if self.is_primary else SECONDARY_SUBJECTS

    def place(self, number: int) -> tuple[str, str]:
        """The year group and the form of the pupil `number`: forms fill evenly."""
        group = self.year_groups[number % len(self.year_groups)]
        letter = _LETTERS[number // len(self.year_groups) % self.forms_a_year]
        return group, group + letter
