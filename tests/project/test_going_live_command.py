"""Wiping a dummy site from a terminal, and printing which new id stands for which old one."""

import pytest
from click.testing import CliRunner, Result

from consentry.project.command_line import commands
from consentry.records import models
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Life, Site
from tests.imports.applied import apply_ctf, rows, sample_of
from tests.world import add_school


def school(*words: str, typed: str = "") -> Result:
    """`consentry school …`, with what is typed at a question."""
    return CliRunner().invoke(commands, ("school", *words), input=typed)


def refused(result: Result) -> str:
    """The field that was refused."""
    assert isinstance(result.exception, InvalidError), result.output
    return result.exception.field


@pytest.fixture
def oakfield(database: str) -> Site:
    site = add_school(life=Life.DUMMY)
    apply_ctf(site, sample_of(site))
    return site


def life(site: Site) -> str:
    return Site.objects.get(id=site.id).life


def test_the_name_is_asked_for_and_the_site_goes_live(oakfield: Site) -> None:
    answer = school("go-live", "--slug", "oakfield", typed="Oakfield School\n")

    assert answer.exit_code == 0, answer.output
    assert "This cannot be taken back." in answer.output
    assert "It is a live site now: import its files." in answer.output
    assert (life(oakfield), rows(models.Student, oakfield, "id")) == ("live", [])


def test_a_wrong_name_wipes_nothing(oakfield: Site) -> None:
    assert refused(school("go-live", "--slug", "oakfield", typed="oakfield\n")) == "confirm"
    assert refused(school("go-live", "--slug", "oakfield", "--confirm", "Elmwood School")) == "confirm"
    assert (life(oakfield), len(rows(models.Student, oakfield, "id"))) == ("dummy", 12)


def test_it_can_stay_a_dummy(oakfield: Site) -> None:
    answer = school("go-live", "--slug", "oakfield", "--confirm", "Oakfield School", "--stay-dummy")

    assert "It is a dummy site now" in answer.output
    assert life(oakfield) == "dummy"


def test_a_live_site_and_one_that_there_is_not_are_refused_in_words(database: str) -> None:
    add_school()

    assert refused(school("go-live", "--slug", "oakfield", "--confirm", "Oakfield School")) == "slug"
    assert refused(school("go-live", "--slug", "nowhere", "--confirm", "x")) == "site"


def test_the_id_map_is_printed_as_csv(oakfield: Site) -> None:
    old = sorted(number for (number,) in rows(models.Student, oakfield, "id"))
    school("go-live", "--slug", "oakfield", "--confirm", "Oakfield School")
    empty = school("id-map", "--slug", "oakfield", "--entity-type", "Student").output
    apply_ctf(oakfield, sample_of(oakfield))
    new = {number for (number,) in rows(models.Student, oakfield, "id")}
    lines = school("id-map", "--slug", "oakfield", "--entity-type", "Student").output.splitlines()

    assert empty.splitlines() == ["entity_type,old_id,new_id", *(f"Student,{number}," for number in old)]
    assert [int(line.split(",")[1]) for line in lines[1:]] == old
    assert {int(line.split(",")[2]) for line in lines[1:]} == new


def test_the_id_map_of_nothing_that_there_is_is_refused(oakfield: Site) -> None:
    assert refused(school("id-map", "--slug", "oakfield", "--entity-type", "Pupil")) == "entity-type"
    assert refused(school("id-map", "--slug", "nowhere", "--entity-type", "Student")) == "site"
