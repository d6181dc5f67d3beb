"""What a OneRoster file says, one record a dataclass, each with its line; "" and None stand for nothing said.

Names are those of the standard in snake case. References are sourcedIds of the same file.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Org:
    """A school, a department or what stands above them."""

    line: int
    sourced_id: str
    name: str
    type: str
    identifier: str
    parent_sourced_id: str


@dataclass(frozen=True, slots=True)
class AcademicSession:
    """A school year, term or grading period; `school_year` is the year in which it ends."""

    line: int
    sourced_id: str
    title: str
    type: str
    start_date: date | None
    end_date: date | None
    parent_sourced_id: str
    school_year: int | None


@dataclass(frozen=True, slots=True)
class Course:
    """What is taught, over all its classes; `grades` are year groups."""

    line: int
    sourced_id: str
    school_year_sourced_id: str
    title: str
    course_code: str
    grades: tuple[str, ...]
    org_sourced_id: str
    subjects: tuple[str, ...]
    subject_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class of a course (`scheduled`), or a registration form (`homeroom`)."""

    line: int
    sourced_id: str
    title: str
    grades: tuple[str, ...]
    course_sourced_id: str
    class_code: str
    class_type: str
    location: str
    school_sourced_id: str
    term_sourced_ids: tuple[str, ...]
    subjects: tuple[str, ...]
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class User:
    """A person: `user_ids` are (type, identifier) pairs; `upn` is the unique pupil number found among them, or ""."""

    line: int
    sourced_id: str
    enabled_user: bool | None
    username: str
    user_ids: tuple[tuple[str, str], ...]
    upn: str
    given_name: str
    family_name: str
    middle_name: str
    identifier: str
    email: str
    sms: str
    phone: str
    agent_sourced_ids: tuple[str, ...]
    grades: tuple[str, ...]
    preferred_given_name: str
    preferred_middle_name: str
    preferred_family_name: str
    primary_org_sourced_id: str
    pronouns: str


@dataclass(frozen=True, slots=True)
class Role:
    """What a person is at an organisation (student, teacher, guardian, ...), and when."""

    line: int
    sourced_id: str
    user_sourced_id: str
    role_type: str
    role: str
    begin_date: date | None
    end_date: date | None
    org_sourced_id: str


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A person in a class, as student, teacher, proctor or administrator."""

    line: int
    sourced_id: str
    class_sourced_id: str
    school_sourced_id: str
    user_sourced_id: str
    role: str
    primary: bool | None
    begin_date: date | None
    end_date: date | None


@dataclass(frozen=True, slots=True)
class Demographics:
    """Birth and sex of the person with the same sourcedId."""

    line: int
    sourced_id: str
    birth_date: date | None
    sex: str
    country_of_birth_code: str
    city_of_birth: str


OneRosterRow = Org | AcademicSession | Course | SchoolClass | User | Role | Enrollment | Demographics
