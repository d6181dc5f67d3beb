"""Giving people accounts from a terminal, and never to somebody else than was meant."""

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from consentry.people.actions.add_roles import ADMINISTRATOR
from consentry.people.models import Account, User
from consentry.project.command_line import commands
from consentry.rules.invalid import InvalidError
from tests.world import PASSWORD, add_person, add_school

EMAIL = "asha.patel@example.org"


def add(*words: str, password: str | None = None) -> Result:
    """`consentry user add` at Elmwood."""
    asked = ("user", "add", "--site", "elmwood", "--role", ADMINISTRATOR, *words)
    return CliRunner().invoke(commands, asked, env={"CONSENTRY_NEW_PASSWORD": password})


def refused(result: Result) -> str:
    """The field that was refused."""
    assert isinstance(result.exception, InvalidError)
    return result.exception.field


@pytest.fixture
def asha(database: str) -> User:
    add_school("elmwood")
    return add_person(add_school("oakfield"))


@pytest.mark.parametrize("email", [EMAIL, EMAIL.upper()])
@pytest.mark.parametrize("name", ["Asha Patel", "Somebody Else"])
def test_an_account_is_not_given_to_somebody_else_unawares(asha: User, name: str, email: str) -> None:
    assert refused(add("--email", email, "--name", name, password="quiet-lantern-orchard")) == "email"
    assert Account.objects.count() == 1


def test_who_signs_in_already_is_let_in_with_their_own_name_and_password(asha: User) -> None:
    answer = add("--email", EMAIL, "--existing")

    assert answer.output == f"Asha Patel can sign in as {EMAIL}\n"
    assert Account.objects.filter(user=asha).count() == 2
    login = {"login": EMAIL, "password": PASSWORD}
    assert Client().post("/accounts/login/", login).status_code == 302
    assert refused(add("--email", EMAIL, "--existing")) == "email", "at this site already"


def test_existing_is_said_of_somebody_who_exists_and_of_nobody_else(asha: User) -> None:
    assert refused(add("--email", "tom@example.org", "--existing")) == "email"
    assert refused(add("--email", EMAIL, "--existing", "--name", "Asha Patel")) == "name"
    assert refused(add("--email", "tom@example.org")) == "name"
    assert User.objects.count() == 1


def test_a_new_person_gets_a_name_and_a_password_of_their_own(asha: User) -> None:
    assert refused(add("--email", "tom@example.org", "--name", "Tom Reed", password="short")) == "password"
    assert add("--email", "tom@example.org", "--name", "Tom Reed", password="quiet-lantern-orchard").exit_code == 0
    login = {"login": "tom@example.org", "password": "quiet-lantern-orchard"}
    assert Client().post("/accounts/login/", login).status_code == 302
