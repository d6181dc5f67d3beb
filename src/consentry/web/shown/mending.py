"""Where a school mends the records that fail a check, and what its records are called there."""

from dataclasses import dataclass
from typing import Final

from consentry.records.queries.courses import WITHOUT_SUBJECT
from consentry.records.queries.forms import WITHOUT_SHORT_NAME, WITHOUT_YEAR_GROUP
from consentry.records.queries.readiness.checks import Population, population_of
from consentry.rules.readiness import Check


@dataclass(frozen=True)
class Words:
    """What records are called (one, many), and the headings of their name and of what tells them apart."""

    one: str
    many: str
    name: str
    detail: str


@dataclass(frozen=True)
class Mending:
    """How to mend it, and the list of the site on which it is done: its route ("" for none), and what it shows."""

    text: str
    label: str = ""
    route: str = ""
    show: str = ""


_WORDS: Final = {
    Population.COURSES: Words("course", "courses", "Course", "Code"),
    Population.FORMS: Words("registration form", "registration forms", "Registration form", "Short name or code"),
    Population.PUPILS: Words("pupil on roll", "pupils on roll", "Pupil", "Registration form"),
    Population.STAFF: Words("member of staff", "members of staff", "Member of staff", "Staff number"),
}

_AGAIN = "and import its file again."

_MENDING: Final = {
    Check.COURSE_SUBJECTS: Mending(
        "Choose a subject for many courses at once.", "Set subjects", "courses", WITHOUT_SUBJECT
    ),
    Check.FORM_SHORT_NAMES: Mending(
        "Type the short names in one list.", "Add short names", "registration-forms", WITHOUT_SHORT_NAME
    ),
    Check.FORM_YEAR_GROUPS: Mending(
        "Choose a year group for many forms at once.", "Link forms", "registration-forms", WITHOUT_YEAR_GROUP
    ),
    Check.PUPIL_UPNS: Mending(
        f"UPNs come with the common transfer file: give the pupil one in the system that writes it, {_AGAIN}"
    ),
    Check.PUPIL_FORMS: Mending(
        f"Forms come with the common transfer file or the timetable: put the pupil in a form there, {_AGAIN}"
    ),
    Check.PUPIL_YEAR_GROUPS: Mending(
        f"Year groups come with the common transfer file: put the pupil in one in the system that writes it, {_AGAIN}"
    ),
    Check.PUPIL_EMAILS: Mending(
        f"Pupils’ email addresses come with the common transfer file or the timetable: add them there, {_AGAIN}"
    ),
    Check.STAFF_EMAILS: Mending(f"Staff come with the timetable: add their email addresses there, {_AGAIN}"),
    Check.GUARDIAN_EMAILS: Mending(
        f"Guardians come with the common transfer file: add an email address in the system that writes it, {_AGAIN}"
    ),
}


def words_of(check: Check) -> Words:
    """What the records are called that the check looks at."""
    return _WORDS[population_of(check)]


def mending_of(check: Check) -> Mending:
    """How the records that fail it are mended."""
    return _MENDING[check]
