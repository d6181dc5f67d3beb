"""The record of access is sealed in batches, and later tampering with it shows."""

import time
from datetime import UTC, datetime

import pytest
from django.db import connections

from consentry.audit.chain import first_broken_link
from consentry.audit.reading import reading
from consentry.connections.actions.seal_access import seal_access
from consentry.connections.sealing import first_broken_seal, seals_of
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


def _seal_both(school: SchoolId) -> None:
    """Seal until both reads are covered: a transaction in another database may hold the first tries up."""
    sealed = 0
    for _ in range(600):
        sealed += seal_access(school, at=LATER)
        if sealed == 2:
            return
        time.sleep(0.05)
    raise AssertionError(sealed)


def _as_owner(school: SchoolId, statement: str) -> None:
    """What somebody with the owner's rights could do to the table, its triggers switched off first."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('app.school', %s, false)", [str(school)])
        cursor.execute("alter table connections_accessevent disable trigger user")
        cursor.execute(statement)
        cursor.execute("alter table connections_accessevent enable trigger user")
    connections["owner"].close()


def test_a_seal_covers_what_was_read_since_the_last_and_stands_in_the_chain(school: SchoolId) -> None:
    _seal_both(school)
    assert seal_access(school, at=LATER) == 0
    with reading(school):
        seals = seals_of(school)
        assert sum(seal.count for seal in seals) == 2
        assert [seal.from_transaction for seal in seals] == [0, *[seal.before_transaction for seal in seals[:-1]]]
        assert first_broken_seal(school) is None
        assert first_broken_link(school) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "update connections_accessevent set fields = '{}'",
        "delete from connections_accessevent where id = (select min(id) from connections_accessevent)",
        "delete from connections_accessevent",
        (f"insert into connections_accessevent ({COLUMNS}) select {COLUMNS} from connections_accessevent limit 1"),
    ],
    ids=["changed", "taken away", "all taken away", "slipped in"],
)
def test_tampering_with_sealed_access_shows(school: SchoolId, tampering: str) -> None:
    _seal_both(school)
    _as_owner(school, tampering)
    with reading(school):
        assert first_broken_seal(school) is not None


def test_a_read_that_is_still_under_way_is_left_for_the_next_seal(school: SchoolId) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("begin")
        cursor.execute("select pg_current_xact_id()")
        _seal_both(school)
        with reading(school):
            seal = seals_of(school)[-1]
        cursor.execute("select pg_current_xact_id()::text::bigint")
        (running,) = cursor.fetchone() or (0,)
        assert seal.before_transaction <= running
        cursor.execute("rollback")
    connections["owner"].close()
