"""The register knows every record, when it came and when it went."""

import pytest
from django.db import DatabaseError, connection, transaction

from consentry.audit.reading import reading
from consentry.records.catalogue import name_of, record_models
from consentry.records.models import EmailAddress, Person, RecordChange, RegisterEntry, Revision, Tag, Tagging, UserTag
from consentry.rules.identity import SchoolId
from tests.records.models.school import NOW, add_student, at_revision


def entry(school: SchoolId, data_type: str, record: int) -> tuple[int, int | None]:
    with reading(school):
        found = RegisterEntry.objects.get(school_id=school, entity_type=data_type, record_id=record)
    return found.created_revision, found.deleted_revision


def test_a_record_enters_the_register_with_its_revision(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 7):
        student = add_student(oakfield, revision=7)

    assert entry(oakfield, "Student", student.id) == (7, None)
    assert entry(oakfield, "Person", student.person.id) == (7, None)


def test_many_records_at_once_all_enter_the_register(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 2):
        Person.objects.bulk_create(Person(school_id=oakfield, revision_id=2) for _ in range(300))

    with reading(oakfield):
        assert RegisterEntry.objects.filter(entity_type="Person", created_revision=2).count() == 300


def test_a_deleted_record_stays_in_the_register_with_the_revision_of_its_end(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1):
        person = Person.objects.create(school_id=oakfield, revision_id=1)
        kept = Person.objects.create(school_id=oakfield, revision_id=1)
    with at_revision(oakfield, 5):
        Person.objects.filter(school_id=oakfield, id=person.id).delete()

    assert entry(oakfield, "Person", person.id) == (1, 5)
    assert entry(oakfield, "Person", kept.id) == (1, None)


def test_nothing_is_deleted_outside_a_revision(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1):
        person = Person.objects.create(school_id=oakfield, revision_id=1)

    with pytest.raises(DatabaseError), reading(oakfield):
        Person.objects.filter(school_id=oakfield, id=person.id).delete()

    assert entry(oakfield, "Person", person.id) == (1, None)


def test_a_reference_to_any_type_names_a_record_of_that_type_at_this_school(
    oakfield: SchoolId, elmwood: SchoolId
) -> None:
    with at_revision(oakfield, 1):
        student = add_student(oakfield)
    with at_revision(elmwood, 1):
        stranger = add_student(elmwood)

    for kind, number in (("Student", stranger.id), ("Staff", student.id), ("Student", 10**12)):
        with pytest.raises(DatabaseError, match="emailaddress_email_address_owner_fk"), at_revision(oakfield, 2):
            EmailAddress.objects.create(
                school_id=oakfield,
                revision_id=2,
                email_address="ada@example.org",
                email_address_owner_type=kind,
                email_address_owner_id=number,
            )


def test_a_reference_to_any_type_has_both_halves_or_none(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1):
        tag = Tag.objects.create(school_id=oakfield, revision_id=1, tag_identifier="STAFF__CURRENT")
        student = add_student(oakfield)

    with pytest.raises(DatabaseError, match="tagging_link1_whole"), at_revision(oakfield, 2):
        Tagging.objects.create(
            school_id=oakfield,
            revision_id=2,
            tag=tag,
            tagged_object_type="Student",
            tagged_object_id=student.id,
            link1_type="Student",
        )


def test_no_record_belongs_to_a_site_that_is_not_there(module_database: str) -> None:
    with pytest.raises(DatabaseError, match="no such site"), reading(SchoolId(10**9)):
        Person.objects.create(school_id=10**9, revision_id=1)


def test_the_history_is_append_only(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1):
        Revision.objects.create(school_id=oakfield, number=1, at=NOW, author_kind="operator")
        RecordChange.objects.create(school_id=oakfield, revision=1, entity_type="Person", record_id=1)

    for table in ("records_revision", "records_recordchange"):
        for statement in (f"delete from {table}", f"update {table} set school_id = school_id"):
            with pytest.raises(DatabaseError, match="append-only"), reading(oakfield), connection.cursor() as cursor:
                cursor.execute(statement)


def test_every_table_of_records_is_registered_and_walled(module_database: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select relname, tgname, convert_from(trim(trailing '\\x00'::bytea from tgargs), 'utf8'), tgtype::int & 8"
            " from pg_trigger join pg_class on pg_class.oid = tgrelid"
            " where tgname in ('register_new', 'register_gone') and tgenabled = 'O'"
        )
        triggers = {(table, name, kind, bool(on_delete)) for table, name, kind, on_delete in cursor.fetchall()}
        cursor.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity")
        walled = {table for (table,) in cursor.fetchall()}

    tables = {model._meta.db_table: name_of(model) for model in record_models()}
    assert triggers == {(table, "register_new", name, False) for table, name in tables.items()} | {
        (table, "register_gone", name, True) for table, name in tables.items()
    }
    around = ("usertag", "registerentry", "revisioncounter", "revision", "recordchange", "markchange")
    assert walled >= tables.keys() | {f"records_{name}" for name in around}


def test_a_user_tag_has_one_value_for_each_name_of_a_record(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1):
        student = add_student(oakfield)
        of_student = {"school_id": oakfield, "entity_type": "Student", "record_id": student.id}
        UserTag.objects.create(**of_student, name="sims-id", value="123")

    with pytest.raises(DatabaseError, match="records_usertag_pkey"), at_revision(oakfield, 2):
        UserTag.objects.create(**of_student, name="sims-id", value="124")
    with pytest.raises(DatabaseError, match="user_tag_is_short"), at_revision(oakfield, 2):
        UserTag.objects.create(**of_student, name="long", value="x" * 501)
    with pytest.raises(DatabaseError, match="usertag_record_fk"), at_revision(oakfield, 2):
        UserTag.objects.create(**{**of_student, "entity_type": "Staff"}, name="sims-id", value="123")
