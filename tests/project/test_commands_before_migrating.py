"""The operator's commands on a database in which nothing was made yet: each says what to run first."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from django.db import ProgrammingError, connection

from consentry.project.command_line import commands
from consentry.project.config import ConfigurationError
from tests.databases import administer, use_database

COMMANDS = (
    ("page", "list"),
    ("page", "reset", "users", "--at", "school"),
    ("terms", "show"),
    ("school", "add", "--slug", "oakfield", "--name", "Oakfield", "--urn", "137264", "--laestab", "8604123"),
    ("school", "id-map", "--slug", "oakfield", "--entity-type", "Student"),
    ("user", "disable", "--site", "oakfield", "--email", "asha@oakfield.example"),
    ("role", "hand-back", "--site", "oakfield", "--role", "Office Staff"),
    ("events", "verify"),
)


@pytest.fixture
def empty(database: str) -> Iterator[None]:
    """A database without a table, in place of the test's own."""
    name = f"{database}_empty"
    administer("create database {name}", name=name)
    use_database(name)
    yield
    use_database(database)
    administer("drop database {name} with (force)", name=name)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_names_what_to_run_where_there_are_no_tables(empty: None, words: tuple[str, ...]) -> None:
    ended = CliRunner().invoke(commands, words)

    assert isinstance(ended.exception, ConfigurationError), ended.output
    assert "run `consentry migrate`" in str(ended.exception)


def test_another_fault_of_the_database_is_not_called_a_missing_migration(database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set search_path to nowhere, public")
        cursor.execute("create temporary table schools_terms (number int)")

    ended = CliRunner().invoke(commands, ("terms", "show"))

    assert isinstance(ended.exception, ProgrammingError)
