"""A small school to try records on: every helper writes what the database itself must then hold to."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

from django.db import connection

from consentry.audit.actor import OPERATOR
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.records.models import Person, Student
from consentry.rules.identity import SchoolId
from consentry.schools.actions.add_site import NewSite, add_site, next_school_id
from consentry.schools.models import Site

NOW = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


_numbers = count(1)


def open_school(name: str) -> SchoolId:
    """Add the site of a school that no other test has."""
    number = next(_numbers)
    school = next_school_id()
    with change(actor=OPERATOR, at=NOW, school=school) as this:
        add_site(
            this, NewSite(slug=f"{name}-{number}", name=name.title(), urn=f"1{number:05}", laestab=f"201{number:04}")
        )
    return school


@contextmanager
def at_revision(school: SchoolId, revision: int) -> Iterator[Change]:
    """A change in which records may be written and deleted at this revision."""
    with change(actor=OPERATOR, at=NOW, school=school) as this:
        with connection.cursor() as cursor:
            cursor.execute("select set_config('app.revision', %s, true)", [str(revision)])
        yield this
        this.record(EventName.RECORDS_LOADED, Site.objects.get(id=school))


def add_student(school: SchoolId, revision: int = 1, name: str = "Ada") -> Student:
    """A person and the student they are; needs an open change at the school."""
    person = Person.objects.create(school_id=school, revision_id=revision, legal_first_name=name)
    return Student.objects.create(school_id=school, revision_id=revision, person=person)
