"""`consentry app publish FILE`: the next version from the file that the app was added by."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consentry.audit.reading import reading
from consentry.connections.models import Connection, Review
from consentry.partners.models import App, PermissionSetVersion
from consentry.project.command_line import commands
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.world import add_person, add_school, approve, ask

EXAMPLE = Path(__file__).parents[2] / "examples" / "apps" / "mail-keeper.toml"


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(commands, words, input=typed)


@pytest.fixture
def site(database: str) -> Site:
    """A school that has approved the app of the example's file."""
    assert run("app", "add", str(EXAMPLE)).exit_code == 0
    site = add_school()
    approve(ask(App.objects.get(), site), add_person(site))
    return site


@pytest.fixture
def wider(tmp_path: Path) -> str:
    """A file that asks for students' religion as well."""
    file = tmp_path / "wider.toml"
    row = 'Student = { fields = ["religion"], actions = ["read"], reason = "To plan the prayer room" }'
    file.write_text(f"{EXAMPLE.read_text()}\n{row}\n")
    return str(file)


def test_it_shows_what_differs_and_publishes_once_that_is_confirmed(site: Site, wider: str) -> None:
    refused = run("app", "publish", wider, typed="n\n")
    assert PermissionSetVersion.objects.count() == 1
    done = run("app", "publish", wider, "--note", "We plan rooms", typed="y\n")

    assert "+ Students: read; Religion (special category)" in refused.output
    assert "Wider at 1 connection" in refused.output
    assert refused.exit_code == 1
    assert done.exit_code == 0, done.output
    assert "Version 2 is published." in done.output
    assert "review: 1" in done.output
    assert PermissionSetVersion.objects.get(number=2).note == "We plan rooms"
    with reading(school_id(site)):
        assert Review.objects.get().state == "open"


def test_a_narrower_one_is_in_force_without_a_question_where_asked_to(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "narrower.toml"
    file.write_text(EXAMPLE.read_text().replace('["read", "update"]', '["read"]'))

    done = run("app", "publish", str(file), "--yes")

    assert "- Email addresses: update" in done.output
    assert done.exit_code == 0
    with reading(school_id(site)):
        version = Connection.objects.select_related("version").get().version
    assert version is not None
    assert version.number == 2


def test_what_cannot_be_published_is_named(site: Site, tmp_path: Path, wider: str) -> None:
    unknown = tmp_path / "unknown.toml"
    unknown.write_text(Path(wider).read_text().replace("religion", "shoeSize"))
    nobody = tmp_path / "nobody.toml"
    nobody.write_text(EXAMPLE.read_text().replace('name = "Mail Keeper"', 'name = "Other"'))

    assert isinstance(run("app", "publish", str(EXAMPLE), "--yes").exception, InvalidError), "it is the same"
    assert isinstance(run("app", "publish", str(nobody), "--yes").exception, InvalidError)
    refused = run("app", "publish", str(unknown), "--yes").exception
    assert isinstance(refused, InvalidError)
    assert refused.field == "Student.shoeSize"
    assert PermissionSetVersion.objects.count() == 1
