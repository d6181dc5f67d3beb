"""Each check over the records: whom it looks at, and when one of them fails.

Only what is current counts (see `queries/current.py`). A pupil registered at two schools is looked at like everybody
else on roll: their main school may be elsewhere, but an app that syncs this school gets them from here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from consentry.records.models import (
    AcademicLevelMembership,
    AcademicUnit,
    EmailAddress,
    RegistrationFormMembership,
    StudentGuardianRelationship,
    UpnAssignment,
)
from consentry.records.queries.current import (
    alive,
    current_courses,
    current_forms,
    current_staff,
    current_year,
    pupils_on_roll,
    running,
)
from consentry.rules.identity import SchoolId
from consentry.rules.readiness import Check

Records = QuerySet[Any]
Condition = Q | Exists


class Population(Enum):
    """The records that a check looks at, by the name of their data type."""

    COURSES = "AcademicUnit"
    FORMS = "RegistrationForm"
    PUPILS = "Student"
    STAFF = "Staff"


@dataclass(frozen=True)
class At:
    """At which school, and when."""

    school: SchoolId
    at: datetime

    @property
    def records(self) -> Mapping[Population, Records]:
        """The records of each population."""
        on = timezone.localdate(self.at)
        return {
            Population.COURSES: current_courses(self.school, on),
            Population.FORMS: current_forms(self.school, on),
            Population.PUPILS: pupils_on_roll(self.school, on),
            Population.STAFF: current_staff(self.school, on),
        }


def population_of(check: Check) -> Population:
    """What the check looks at."""
    return _CHECKS[check][0]


def holds(check: Check, of: At) -> Condition:
    """Whether it holds of one of these."""
    return _CHECKS[check][1](of)


def _has_subject(_of: At) -> Condition:
    """A class has one of its own: apps read it there, whatever the course above it has."""
    return Q(subject_id__isnull=False)


def _has_short_name(_of: At) -> Condition:
    return Q(short_name__isnull=False)


def _has_year_group(of: At) -> Condition:
    units = AcademicUnit.objects.filter(school=of.school, registration_form_id=OuterRef("id"))
    return Exists(units.filter(academic_level_id__isnull=False))


def _has_upn(of: At) -> Condition:
    """A temporary one is one; one that was replaced is none."""
    numbers = UpnAssignment.objects.filter(school=of.school, student_id=OuterRef("id"))
    begun = Q(start_datetime=None) | Q(start_datetime__lte=of.at)
    return Exists(numbers.filter(begun, Q(end_datetime=None) | Q(end_datetime__gt=of.at)))


def _in_form(of: At) -> Condition:
    """In a form of the current year: a form of last year that was never ended does not count."""
    on = timezone.localdate(of.at)
    forms = current_forms(of.school, on).values("id")
    memberships = RegistrationFormMembership.objects.filter(school=of.school, student_id=OuterRef("id"))
    return Exists(memberships.filter(running("start_date", "end_date", on), registration_form_id__in=forms))


def _in_year_group(of: At) -> Condition:
    on = timezone.localdate(of.at)
    memberships = AcademicLevelMembership.objects.filter(school=of.school, student_id=OuterRef("id"))
    years = current_year(of.school, on).values("id")
    return Exists(memberships.filter(running("start_date", "end_date", on), academic_level__academic_year_id__in=years))


def _has_email(owner: str) -> Callable[[At], Condition]:
    """An address of their own in this role: apps read the addresses of staff where staff are."""

    def has(of: At) -> Condition:
        addresses = EmailAddress.objects.filter(school=of.school, email_address_owner_type=owner)
        return Exists(addresses.filter(email_address_owner_id=OuterRef("id")).exclude(email_address=""))

    return has


def _has_guardian_with_email(of: At) -> Condition:
    """Any guardian who is alive, whatever they are to the pupil."""
    addresses = EmailAddress.objects.filter(school=of.school, email_address_owner_type="Guardian")
    reached = Exists(addresses.filter(email_address_owner_id=OuterRef("guardian_id")).exclude(email_address=""))
    guardians = StudentGuardianRelationship.objects.filter(school=of.school, student_id=OuterRef("id"))
    return Exists(guardians.filter(alive("guardian__person__"), reached))


_CHECKS: Final[Mapping[Check, tuple[Population, Callable[[At], Condition]]]] = {
    Check.COURSE_SUBJECTS: (Population.COURSES, _has_subject),
    Check.FORM_SHORT_NAMES: (Population.FORMS, _has_short_name),
    Check.FORM_YEAR_GROUPS: (Population.FORMS, _has_year_group),
    Check.PUPIL_UPNS: (Population.PUPILS, _has_upn),
    Check.PUPIL_FORMS: (Population.PUPILS, _in_form),
    Check.PUPIL_YEAR_GROUPS: (Population.PUPILS, _in_year_group),
    Check.PUPIL_EMAILS: (Population.PUPILS, _has_email("Student")),
    Check.STAFF_EMAILS: (Population.STAFF, _has_email("Staff")),
    Check.GUARDIAN_EMAILS: (Population.PUPILS, _has_guardian_with_email),
}
