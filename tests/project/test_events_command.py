"""Whether the log is whole, and still the one that was noted elsewhere."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from consentry.audit.chain import digest
from consentry.audit.models import Event
from consentry.project.command_line import commands
from consentry.schools.models import Site
from tests.world import add_person, add_school


def verify(*words: str) -> Result:
    """`consentry events verify` with these words."""
    return CliRunner().invoke(commands, ["events", "verify", *words])


@pytest.fixture
def oakfield(database: str) -> Site:
    site = add_school()
    add_person(site)
    return site


def write_anew(site: Site) -> None:
    """What the owner of the database can do: say something else, and make every hash fit again."""
    previous = b""
    with connections["owner"].cursor() as cursor:
        for table in ("audit_event", "audit_eventchain"):
            cursor.execute(f"alter table {table} disable trigger user, disable row level security")
        for event in Event.objects.using("owner").filter(school_id=site.id).order_by("number"):
            event.previous_hash, event.actor_name = previous, "Somebody else"
            event.hash = previous = digest(event)
            event.save(using="owner")
        cursor.execute("update audit_eventchain set head = %s where school_id = %s", [previous, site.id])
        for table in ("audit_event", "audit_eventchain"):
            cursor.execute(f"alter table {table} enable trigger user, enable row level security")
    connections["owner"].close()


def test_a_whole_log_goes_on_from_what_was_noted(oakfield: Site, tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    noted.write_text(verify().stdout)
    add_person(oakfield, "Tom Reed")

    answer = verify("--against", str(noted))

    assert f"chain {oakfield.id} " in noted.read_text()
    assert answer.exit_code == 0, answer.stderr
    assert answer.stdout != noted.read_text(), "the chain has grown"


def test_a_chain_that_was_written_anew_shows_against_what_was_noted_alone(oakfield: Site, tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    noted.write_text(verify().stdout)
    write_anew(oakfield)

    assert verify().exit_code == 0, "the chain fits in itself"
    answer = verify("--against", str(noted))
    assert answer.exit_code == 1
    assert "is not the one that was noted" in answer.stderr


def test_a_chain_that_is_gone_and_a_note_that_is_damaged_are_told(oakfield: Site, tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    noted.write_text("chain 4711 3 00ff\n")
    assert "chain 4711 is gone" in verify("--against", str(noted)).stderr
    noted.write_text("chain 1 x\n")
    assert verify("--against", str(noted)).exit_code == 1
