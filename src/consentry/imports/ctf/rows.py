"""What a common transfer file says, one record a dataclass, each with its line; "" and None stand for nothing said.

Names follow the data types that the records are of (legal_first_name, postal_town), codes stay as the file has
them: mapping a code to a code list needs the database.
"""

from dataclasses import dataclass
from datetime import date

from consentry.imports.marks.read import MarkRow


@dataclass(frozen=True, slots=True)
class CtfHeader:
    """Who wrote the file. `laestab` is seven digits, `academic_year` the year in which the school year starts."""

    line: int
    version: str
    laestab: str
    urn: str
    school_name: str
    academic_year: int | None


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; both forms of the format (BS7666 and plain lines) end here."""

    line: int
    address1: str
    address2: str
    address3: str
    postal_town: str
    postal_state: str
    postal_code: str
    unique_property_reference_number: str
    country: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number with its type: H home, M mobile, W work, A alternate, F fax, D minicom, O other."""

    line: int
    type: str
    number: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to call about a pupil, by `order`; `relationship` is the three-letter code (PAM, PAF, ...)."""

    line: int
    order: int | None
    title: str
    first_name: str
    middle_names: str
    last_name: str
    sex: str
    relationship: str
    has_responsibility: bool | None
    address: Address | None
    lives_with_pupil: bool
    phones: tuple[Phone, ...]
    email: str


@dataclass(frozen=True, slots=True)
class SenPeriod:
    """A time with one provision for special educational needs: N none, K support, E plan."""

    line: int
    provision: str
    start_date: date | None
    end_date: date | None


@dataclass(frozen=True, slots=True)
class SenNeed:
    """A kind of need (SPLD, ASD, ...) and its rank, 1 first."""

    line: int
    need_type: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Language:
    """A language code and what it is to the pupil (F first, H home, ...)."""

    line: int
    type: str
    code: str


@dataclass(frozen=True, slots=True)
class Pupil:
    """One pupil and all that belongs to it."""

    line: int
    upn: str
    former_upn: str
    unique_learner_number: str
    legal_first_name: str
    legal_middle_names: str
    legal_last_name: str
    preferred_first_name: str
    preferred_last_name: str
    former_last_name: str
    date_of_birth: date | None
    sex: str
    ethnicity: str
    ethnicity_source: str
    year_group: str
    registration_form: str
    enrolment_status: str
    medical_flag: bool | None
    entry_date: date | None
    leaving_date: date | None
    email: str
    languages: tuple[Language, ...]
    address: Address | None
    phones: tuple[Phone, ...]
    contacts: tuple[Contact, ...]
    sen_periods: tuple[SenPeriod, ...]
    sen_needs: tuple[SenNeed, ...]
    marks: tuple[MarkRow, ...]
