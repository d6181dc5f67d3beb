"""A school with records worth asking for, and apps that may see all of them or a part."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from consentry.partners.actions.publish_version import ALL_FIELDS, AskedRow
from consentry.partners.models import App
from consentry.people.models import User
from consentry.records.catalogue import catalogue
from consentry.records.models import (
    AcademicYear,
    EmailAddress,
    Gender,
    Person,
    PostalAddress,
    RegistrationForm,
    RegistrationFormTutor,
    Staff,
    Student,
    Tag,
    Tagging,
    UpnAssignment,
    UserTag,
)
from consentry.schools.models import Site
from tests.api.calls import Client, client_of
from tests.world import READ, add_app, add_person, add_school, approve, ask
from tests.world_records import add_student, writing

NARROW = (
    AskedRow("Student", ["person", "studentNumber", "userTags"], READ),
    AskedRow("Person", ["legalFirstName", "gender"], READ),
)


def everything() -> list[AskedRow]:
    """Rows that ask to read every field of every data type."""
    return [AskedRow(data_type.name, ALL_FIELDS, READ) for data_type in catalogue()]


@dataclass(frozen=True)
class World:
    """One school, its administrator, and two connected apps: `reader` may see everything, `narrow` a part."""

    site: Site
    head: User
    reader: Client
    narrow: Client
    students: tuple[Student, ...]

    def connect(self, app: App) -> Client:
        """The app, approved by the school's administrator."""
        approve(ask(app, self.site), self.head)
        return client_of(app, self.site)


def open_world(slug: str = "oakfield") -> World:
    """A school with three pupils, and the apps."""
    site = add_school(slug)
    head = add_person(site, f"Head Of {slug}")
    students = (
        add_student(site, "00001", "Ada", "Ng", date_of_birth=date(2012, 3, 1), deceased=False),
        add_student(site, "00002", "Bo", "O'Neil", date_of_birth=date(2011, 9, 1), gender="MALE"),
        add_student(site, "00003", "Cy", "100% \\ _x_", date_of_birth=date(2013, 1, 31), deceased=True, gender="MALE"),
    )
    made = []
    for name, rows in (("Reader", everything()), ("Narrow", NARROW)):
        app = add_app(f"{name} of {slug}", rows=rows)
        approve(ask(app, site), head)
        made.append(client_of(app, site))
    add_other_records(site, students)
    return World(site, head, made[0], made[1], students)


def add_other_records(site: Site, students: tuple[Student, ...]) -> None:
    """What the tests of filters compare with: one record of each kind of value."""
    ada, bo, _ = students
    with writing(site) as every:
        PostalAddress.objects.create(postal_code="AB1 2CD", lat=Decimal("51.500000"), lng=Decimal("-0.125000"), **every)
        PostalAddress.objects.create(postal_code="EF3 4GH", lat=Decimal("54.000000"), **every)
        EmailAddress.objects.create(
            email_address_owner_type="Person", email_address_owner_id=ada.person.id, email_address="a@x.org", **every
        )
        UpnAssignment.objects.create(
            student=bo, upn="A123", start_datetime=datetime(2026, 7, 1, 11, 30, tzinfo=UTC), **every
        )
        tag = Tag.objects.create(tag_name="Current", tag_identifier="STUDENT__CURRENT", **every)
        gone = Tag.objects.create(tag_name="Gone", tag_identifier="STUDENT__GONE", **every)
        Tagging.objects.create(tag=tag, tagged_object_type="Student", tagged_object_id=ada.id, **every)
        Tagging.objects.create(
            tag=gone, tagged_object_type="Student", tagged_object_id=ada.id, end_date=date(2020, 1, 1), **every
        )
        UserTag.objects.create(school=site, entity_type="Student", record_id=bo.id, name="sims-id", value='7 "é" %s')
        person = Person.objects.create(
            legal_first_name="Tess",
            legal_last_name="Tutor",
            gender=Gender.objects.get(school=site, code="FEMALE"),
            **every,
        )
        staff = Staff.objects.create(person=person, staff_number="S1", **every)
        year = AcademicYear.objects.create(
            code="2026-2027", start_date=date(2026, 9, 1), end_date=date(2027, 7, 20), **every
        )
        form = RegistrationForm.objects.create(registration_form_name="7A", academic_year=year, **every)
        RegistrationFormTutor.objects.create(registration_form=form, staff=staff, start_date=date(2026, 9, 1), **every)


@pytest.fixture(scope="module")
def world(module_database: str) -> World:
    """The school of this module's tests; they read only."""
    return open_world()
