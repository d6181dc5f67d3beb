"""The log can only grow, and what was done to it behind its back is found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from consentry.audit.actor import Actor, ActorKind
from consentry.audit.chain import first_broken_link
from consentry.audit.change import change
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.partners.actions.publish_version import AskedRow
from consentry.records.models import MarkChange, RecordChange
from consentry.rules.identity import PLATFORM, SchoolId
from consentry.schools.models import Site
from tests.api.calls import client_of
from tests.world import NOW, READ, add_app, add_person, add_school, approve, ask

APPEND_ONLY = {
    "audit_event": "name",
    "connections_accessevent": "fields",
    "partners_permissionsetversion": "note",
    "partners_permissionrow": "fields",
    "records_revision": "at",
    "records_recordchange": "fields",
    "records_markchange": "reason",
}
"""The tables, each with a column worth changing."""

CHANGES = ("update {table} set {column} = null", "delete from {table}", "truncate {table} cascade")


def execute(alias: str, *statements: str) -> None:
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(scope="module")
def site(module_database: str) -> Site:
    """A school with a row in every append-only table. The owner may see them, so the triggers alone stand there."""
    site = add_school()
    app = add_app(rows=[AskedRow("Student", ["person"], READ)])
    approve(ask(app, site), add_person(site))
    assert client_of(app, site).get("students").status == 200
    with reading(school_of(site)):
        RecordChange.objects.create(school=site, revision=1, entity_type="Student", record_id=1)
        MarkChange.objects.create(
            school=site, revision=1, student_id=1, record_date=NOW.date(), session="AM", after="ILLNESS"
        )
    for table in APPEND_ONLY:
        execute("owner", f"alter table {table} no force row level security")
    return site


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change_it", CHANGES, ids=["update", "delete", "truncate"])
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_append_only_tables_refuse_every_change(site: Site, table: str, change_it: str, alias: str) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic(using=alias):
        execute(
            alias,
            f"select set_config('app.school', '{site.id}', true)",
            change_it.format(table=table, column=APPEND_ONLY[table]),
        )


@pytest.fixture
def school(site: Site) -> SchoolId:
    """The number of a school that no other test has, with a chain of five events."""
    number = SchoolId(next(_numbers))
    for _ in range(5):
        write_event(number, site)
    return number


_numbers = count(1_000_000)


def write_event(school: SchoolId, subject: Site) -> None:
    with change(actor=Actor(ActorKind.USER, 7, "Asha"), at=NOW, school=school) as this:
        this.record(EventName.RECORDS_LOADED, subject, entries=5)


@contextmanager
def tampering() -> Iterator[Any]:
    """The owner with the triggers and the wall taken away, as only somebody with the database in hand can."""
    execute(
        "owner",
        "alter table audit_event disable trigger all",
        "alter table audit_event disable row level security",
        "alter table audit_eventchain disable row level security",
    )
    with connections["owner"].cursor() as cursor:
        yield cursor
    execute(
        "owner",
        "alter table audit_event enable trigger all",
        "alter table audit_event enable row level security",
        "alter table audit_eventchain enable row level security",
    )


def broken_link(school: SchoolId) -> int | None:
    with reading(school):
        return first_broken_link(school)


def school_of(site: Site) -> SchoolId:
    return SchoolId(site.id)


def test_an_untouched_chain_holds(site: Site, school: SchoolId) -> None:
    assert broken_link(school) is None
    assert broken_link(school_of(site)) is None
    assert broken_link(PLATFORM) is None
    assert broken_link(SchoolId(987654)) is None


@pytest.mark.parametrize(
    "column_and_value",
    [
        "actor_name = 'Somebody else'",
        "actor_id = 4711",
        "actor_kind = 'system'",
        "at = at + interval '1 microsecond'",
        "name = 'connection.rejected'",
        "subject_id = 4711",
        "subject_name = 'x'",
        "subject_type = 'x'",
        "details = details || '{\"entries\": 9}'",
        "previous_hash = 'x'",
        "hash = 'x'",
    ],
)
def test_a_changed_event_is_found(school: SchoolId, column_and_value: str) -> None:
    with tampering() as owner:
        owner.execute(f"update audit_event set {column_and_value} where school_id = {school} and number = 3")

    assert broken_link(school) == 3


def test_a_removed_event_is_found(school: SchoolId) -> None:
    with tampering() as owner:
        owner.execute(f"delete from audit_event where school_id = {school} and number = 2")

    assert broken_link(school) == 2


def test_events_taken_from_the_end_are_found(school: SchoolId) -> None:
    with tampering() as owner:
        owner.execute(f"delete from audit_event where school_id = {school} and number > 3")

    assert broken_link(school) == 4


def test_a_chain_without_its_events_is_found(school: SchoolId) -> None:
    with tampering() as owner:
        owner.execute(f"delete from audit_event where school_id = {school}")

    assert broken_link(school) == 1


def test_events_without_their_chain_are_found(school: SchoolId) -> None:
    with tampering() as owner:
        owner.execute(f"delete from audit_eventchain where school_id = {school}")

    assert broken_link(school) is not None


def test_an_event_moved_to_another_site_is_found(school: SchoolId) -> None:
    other = SchoolId(next(_numbers))
    with tampering() as owner:
        owner.execute(f"update audit_event set school_id = {other} where school_id = {school} and number = 1")

    assert broken_link(other) == 1
    assert broken_link(school) == 1


def test_many_who_write_at_once_make_one_chain(site: Site) -> None:
    school = SchoolId(next(_numbers))

    def write() -> None:
        try:
            for _ in range(5):
                write_event(school, site)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(write) for _ in range(4)]:
            done.result()

    with reading(school):
        numbers = list(Event.objects.filter(school_id=school).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 21))
    assert broken_link(school) is None
