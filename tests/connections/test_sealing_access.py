"""The record of access is sealed in batches, and later tampering with it shows."""

from datetime import UTC, datetime

import pytest
from django.db import connections

from consentry.audit.chain import first_broken_link
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.actions.seal_access import seal_access
from consentry.connections.models import AccessSeal
from consentry.connections.sealing import first_broken_seal
from consentry.rules.identity import SchoolId
from consentry.schools.queries import school_id
from tests import world

COLUMNS = "school_id, app_id, at, surface, outcome, data_type, fields, transaction_id"
LATER = datetime(2025, 11, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def school(database: str) -> SchoolId:
    """A school whose records an app has read twice."""
    site = world.add_school()
    head = world.add_person(site)
    app = world.add_app()
    connection = world.ask(app, site)
    world.approve(connection, head)
    world.call(app, site)
    world.call(app, site)
    return school_id(site)


def _as_owner(school: SchoolId, statement: str) -> None:
    """What somebody with the owner's rights could do to the table, its triggers switched off first."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('app.school', %s, false)", [str(school)])
        cursor.execute("alter table connections_accessevent disable trigger user")
        cursor.execute(statement)
        cursor.execute("alter table connections_accessevent enable trigger user")
    connections["owner"].close()


def test_a_seal_covers_what_was_read_since_the_last_and_stands_in_the_chain(school: SchoolId) -> None:
    assert seal_access(school, at=LATER) == 2
    assert seal_access(school, at=LATER) == 0
    with reading(school):
        (seal,) = AccessSeal.objects.filter(school=school)
        event = Event.objects.get(school_id=school, name=EventName.ACCESS_SEALED)
        assert event.details["hash"] == bytes(seal.hash).hex()
        assert first_broken_seal(school) is None
        assert first_broken_link(school) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "update connections_accessevent set fields = '{}'",
        "delete from connections_accessevent where id = (select min(id) from connections_accessevent)",
        (
            f"insert into connections_accessevent ({COLUMNS}) "  # noqa: S608 - a constant
            f"select {COLUMNS} from connections_accessevent limit 1"
        ),
    ],
    ids=["changed", "taken away", "slipped in"],
)
def test_tampering_with_sealed_access_shows(school: SchoolId, tampering: str) -> None:
    seal_access(school, at=LATER)
    _as_owner(school, tampering)
    with reading(school):
        assert first_broken_seal(school) is not None


def test_a_read_that_is_still_under_way_is_left_for_the_next_seal(school: SchoolId) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("begin")
        cursor.execute("select pg_current_xact_id()")
        assert seal_access(school, at=LATER) == 2
        with reading(school):
            (seal,) = AccessSeal.objects.filter(school=school)
        cursor.execute("select pg_current_xact_id()::text::bigint")
        (running,) = cursor.fetchone() or (0,)
        assert seal.before_transaction <= running
        cursor.execute("rollback")
    connections["owner"].close()
