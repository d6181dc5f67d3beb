"""Records for a site of the world: written in a change with a revision, as importers write them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.records.models import Gender, Person, Student
from consentry.records.models.base import Record
from consentry.records.writing.revision import take_revision
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.world import NOW


@contextmanager
def writing(site: Site) -> Iterator[dict[str, Any]]:
    """A change in which records of the site may be written; gives what every one of them has."""
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        yield {"school_id": site.id, "revision_id": take_revision(this)}
        this.record(EventName.RECORDS_LOADED, site)


def add_student(site: Site, number: str = "00001", first: str = "Ada", last: str = "Ng", **more: Any) -> Student:
    """A pupil and the person they are; `id` in `more` is the pupil's, what else there is, the person's."""
    with writing(site) as every:
        own = {"id": more.pop("id")} if "id" in more else {}
        gender = Gender.objects.get(school=site, code=more.pop("gender", "FEMALE"))
        person = Person.objects.create(legal_first_name=first, legal_last_name=last, gender=gender, **every, **more)
        return Student.objects.create(person=person, student_number=number, **every, **own)


def add_students(site: Site, count: int) -> list[Student]:
    """So many pupils, with names and numbers that tell them apart."""
    with writing(site) as every:
        persons = [
            Person.objects.create(legal_first_name=f"F{n}", legal_last_name=f"L{n % 7}", **every) for n in range(count)
        ]
        return [
            Student.objects.create(person=person, student_number=f"{10000 + n}", **every)
            for n, person in enumerate(persons)
        ]


def remove(record: Record) -> None:
    """Delete the record."""
    site = Site.objects.get(id=record.school_id)
    with writing(site):
        record.delete()


def stored(record: Record) -> Record:
    """The record as the database has it now."""
    with reading(SchoolId(record.school_id)):
        return type(record)._base_manager.get(pk=record.pk)
