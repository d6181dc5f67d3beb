"""What an app's sync may need of a school's records: a small set of named checks."""

from dataclasses import dataclass
from enum import StrEnum

from consentry.rules.invalid import InvalidError


class Check(StrEnum):
    """One thing that must hold of every record it looks at. The value is stored and said to programs."""

    COURSE_SUBJECTS = "course-subjects"
    FORM_SHORT_NAMES = "form-short-names"
    FORM_YEAR_GROUPS = "form-year-groups"
    PUPIL_UPNS = "pupil-upns"
    PUPIL_FORMS = "pupil-forms"
    PUPIL_YEAR_GROUPS = "pupil-year-groups"
    PUPIL_EMAILS = "pupil-emails"
    STAFF_EMAILS = "staff-emails"
    GUARDIAN_EMAILS = "guardian-emails"

    @property
    def label(self) -> str:
        """What must hold, as pages say it."""
        return _LABELS[self]


_LABELS = {
    Check.COURSE_SUBJECTS: "Every course has a subject",
    Check.FORM_SHORT_NAMES: "Every registration form has a short name",
    Check.FORM_YEAR_GROUPS: "Every registration form is linked to a year group",
    Check.PUPIL_UPNS: "Every pupil on roll has a UPN",
    Check.PUPIL_FORMS: "Every pupil on roll is in a registration form",
    Check.PUPIL_YEAR_GROUPS: "Every pupil on roll is in a year group",
    Check.PUPIL_EMAILS: "Every pupil on roll has an email address",
    Check.STAFF_EMAILS: "Every member of staff has an email address",
    Check.GUARDIAN_EMAILS: "Every pupil on roll has a guardian with an email address",
}


@dataclass(frozen=True)
class Need:
    """What an app's sync needs, and why, in the company's words."""

    check: Check
    reason: str


def check_named(name: object, field: str) -> Check:
    """The check of this name. Raises InvalidError, at this field, which lists the known ones."""
    try:
        return Check(str(name))
    except ValueError:
        raise InvalidError(field, f"{name} is no check; the checks are {', '.join(Check)}") from None
