"""Row security: without a site nothing is seen, with one only its rows, whatever a query forgets."""

import pytest
from django.db import DatabaseError, connection, connections

from consentry.audit.reading import reading
from consentry.connections.models import AccessEvent, Connection
from consentry.partners.actions.publish_version import AskedRow
from consentry.records.catalogue import record_models
from consentry.records.models import Gender, Person, Student
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site
from tests.api.calls import client_of
from tests.world import READ, add_app, add_person, add_school, approve, ask
from tests.world_records import add_student

GUARDED = ("audit_event", "connections_connection", "connections_accessevent")


@pytest.fixture(scope="module")
def sites(module_database: str) -> tuple[Site, Site]:
    """Two schools, each with a pupil, a connected app, and one access on record."""
    made = []
    for slug in ("oakfield", "elmwood"):
        site = add_school(slug)
        add_student(site)
        app = add_app(f"App of {slug}", rows=[AskedRow("Student", ["person"], READ)])
        approve(ask(app, site), add_person(site, f"Head Of {slug}"))
        assert client_of(app, site).get("students").status == 200
        made.append(site)
    return made[0], made[1]


def rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def tables_with_the_wall() -> list[str]:
    return [*GUARDED, *(model._meta.db_table for model in record_models())]


def test_without_a_site_nothing_is_seen(sites: tuple[Site, Site]) -> None:
    own = "where school_id <> 0" if sites else ""
    for table in tables_with_the_wall():
        assert rows(f"select count(*) from {table} {own}") == [(0,)], table


@pytest.mark.parametrize("position", [0, 1])
def test_with_a_site_only_its_rows_are_seen(sites: tuple[Site, Site], position: int) -> None:
    site = sites[position]
    with reading(SchoolId(site.id)):
        for table in tables_with_the_wall():
            owners = {school for (school,) in rows(f"select distinct school_id from {table} where school_id <> 0")}
            assert owners <= {site.id}, table
        for model in (Student, Gender, Connection, AccessEvent):
            assert {row.school_id for row in model._base_manager.all()} == {site.id}


def test_the_site_is_left_with_the_transaction(sites: tuple[Site, Site]) -> None:
    with reading(SchoolId(sites[0].id)):
        assert Student.objects.exists()

    assert not Student.objects.exists()


def test_a_row_cannot_be_written_for_another_site(sites: tuple[Site, Site]) -> None:
    oakfield, elmwood = sites
    with pytest.raises(DatabaseError, match="row-level security"), reading(SchoolId(oakfield.id)):
        Person.objects.create(school_id=elmwood.id, revision_id=1)


def test_a_row_cannot_be_handed_to_another_site(sites: tuple[Site, Site]) -> None:
    oakfield, elmwood = sites
    with pytest.raises(DatabaseError, match="row-level security"), reading(SchoolId(oakfield.id)):
        Gender.objects.filter(code="MALE").update(school=elmwood)


def test_another_sites_rows_are_not_changed_or_deleted(sites: tuple[Site, Site]) -> None:
    oakfield, elmwood = sites
    with reading(SchoolId(oakfield.id)):
        assert Gender.objects.filter(school=elmwood).update(active=False) == 0
        assert Gender.objects.filter(school=elmwood).delete()[0] == 0
    with reading(SchoolId(elmwood.id)):
        assert Gender.objects.filter(active=True).exists()


def test_an_access_event_cannot_be_written_in_another_sites_name(sites: tuple[Site, Site]) -> None:
    oakfield, elmwood = sites
    with pytest.raises(DatabaseError, match="row-level security"), reading(SchoolId(oakfield.id)):
        rows(
            "insert into connections_accessevent (school_id, app_id, at, surface, outcome, data_type, fields)"
            f" values ({elmwood.id}, 1, now(), 'rest-v2', 'served', 'Student', '{{}}') returning id"
        )


def test_the_program_works_as_a_role_that_cannot_step_over_the_wall(sites: tuple[Site, Site]) -> None:
    assert rows(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
    ) == [(False, False, False, False)]
    assert rows("select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user") == [(0,)]
    assert rows(
        "select count(*) from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = current_user"
    ) == [(0,)]


def test_the_wall_is_forced_on_the_owner_too(sites: tuple[Site, Site]) -> None:
    with connections["owner"].cursor() as owner:
        for table in tables_with_the_wall():
            owner.execute("select relrowsecurity, relforcerowsecurity from pg_class where relname = %s", [table])
            assert owner.fetchall() == [(True, True)], table


def test_the_program_cannot_take_the_wall_down(sites: tuple[Site, Site]) -> None:
    for statement in (
        "alter table records_student disable row level security",
        "alter table audit_event disable trigger all",
        "drop policy own_site on records_student",
        "set session_replication_role = replica",
    ):
        with pytest.raises(DatabaseError):
            rows(statement)
