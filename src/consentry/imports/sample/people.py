"""The people of an invented school, as plain facts that each file format writes in its own way."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SampleContact:
    """A parent or carer: `relationship` as CTF codes it."""

    title: str
    first_name: str
    last_name: str
    sex: str
    relationship: str
    has_responsibility: bool
    mobile: str
    email: str


@dataclass(frozen=True, slots=True)
class SampleHousehold:
    """An address with the contacts at it; brothers and sisters share one."""

    last_name: str
    house: str
    street: str
    town: str
    postcode: str
    telephone: str
    contacts: tuple[SampleContact, ...]


@dataclass(frozen=True, slots=True)
class SamplePupil:
    """A pupil: `absence` is the share of days that it misses.

    `enrolment_status` is CTF's: C current, M main of two schools (then `elsewhere` are the weekdays at the other).
    """

    number: int
    upn: str
    first_name: str
    middle_names: str
    last_name: str
    preferred_first_name: str
    date_of_birth: date
    sex: str
    year_group: str
    form: str
    entry_date: date
    ethnicity: str
    language: str
    sen_provision: str
    sen_needs: tuple[str, ...]
    household: SampleHousehold
    absence: float
    preferred_last_name: str = ""
    former_last_name: str = ""
    former_upn: str = ""
    leaving_date: date | None = None
    enrolment_status: str = "C"
    elsewhere: frozenset[int] = frozenset()

    def is_here(self, day: date) -> bool:
        """Whether the pupil is on roll on `day`."""
        return self.leaving_date is None or day <= self.leaving_date


@dataclass(frozen=True, slots=True)
class SampleTeacher:
    """A teacher: the form tutored, or "", and the subjects taught by their codes."""

    number: int
    title: str
    first_name: str
    last_name: str
    sex: str
    form: str
    subjects: tuple[str, ...]
