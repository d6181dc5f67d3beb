"""`consentry operator`: who may use the operator's desk."""

import pytest
from click.testing import CliRunner

from consentry.people.queries.operators import is_operator
from consentry.project.command_line import commands
from consentry.rules.invalid import InvalidError
from tests.world import add_person, add_school


def run(*arguments: str) -> str:
    result = CliRunner().invoke(commands, ["operator", *arguments], catch_exceptions=False)
    return result.output


def test_somebody_is_let_to_the_desk_and_off_it_again(database: str) -> None:
    asha = add_person(add_school(), email="asha@oakfield.example")

    assert "may use the operator's desk" in run("add", "Asha@oakfield.example")
    assert is_operator(asha)
    assert "asha@oakfield.example" in run("list")
    assert "no longer" in run("end", "asha@oakfield.example")
    assert not is_operator(asha)


@pytest.mark.parametrize("command", ["add", "end"])
def test_nobody_who_does_not_sign_in(database: str, command: str) -> None:
    with pytest.raises(InvalidError, match="nobody signs in with"):
        run(command, "nobody@oakfield.example")


def test_once_is_enough(database: str) -> None:
    add_person(add_school(), email="asha@oakfield.example")
    run("add", "asha@oakfield.example")

    with pytest.raises(InvalidError, match="already"):
        run("add", "asha@oakfield.example")
