"""What an operator does to an app from a terminal."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.set_requirements import set_requirements
from consentry.partners.models import App
from consentry.partners.queries.secrets import verify_secret
from consentry.project.command_line import commands
from consentry.rules.invalid import InvalidError
from consentry.rules.readiness import Check, Need
from tests.world import NOW, add_school
from tests.world_current import fill

EXAMPLE = Path(__file__).parents[2] / "examples" / "apps" / "mail-keeper.toml"


def run(*words: str) -> Result:
    """The command with these words."""
    return CliRunner().invoke(commands, words)


@pytest.fixture
def app(database: str) -> App:
    """An app enrolled from the example's file."""
    assert run("app", "add", str(EXAMPLE)).exit_code == 0
    return App.objects.get()


def test_an_app_gets_a_second_secret_and_loses_the_first(app: App) -> None:
    first = run("app", "add", str(EXAMPLE))
    assert isinstance(first.exception, InvalidError), "the name is taken"
    second = run("app", "secret", app.application_user).output.strip()
    assert verify_secret(app.application_user, second)
    assert isinstance(run("app", "secret", app.application_user).exception, InvalidError), "two at most"
    assert run("app", "revoke-secret", app.application_user, "--ending", second[-4:]).exit_code == 0
    wrong = run("app", "revoke-secret", app.application_user, "--ending", second[-4:])
    assert isinstance(wrong.exception, InvalidError)


def test_an_app_is_suspended_and_resumed_and_taken_live_and_back(app: App) -> None:
    run("app", "suspend", app.application_user)
    assert App.objects.exclude(suspended_at=None).exists()
    run("app", "resume", app.application_user)
    run("app", "live", app.application_user, "--no")
    assert App.objects.filter(suspended_at=None, is_live=False).exists()
    run("app", "live", app.application_user)
    assert App.objects.filter(is_live=True).exists()
    assert isinstance(run("app", "suspend", "nobody").exception, InvalidError)


def test_an_app_asks_a_site_once(app: App) -> None:
    add_school("oakfield")
    asking = ("app", "request", app.application_user, "--site")
    assert isinstance(run(*asking, "nowhere").exception, InvalidError)
    assert run(*asking, "oakfield").exit_code == 0
    again = run(*asking, "oakfield").exception
    assert isinstance(again, InvalidError)
    assert "pending" in again.reason


def test_an_app_is_told_where_it_may_be_sent_back_to(app: App) -> None:
    uris = ("app", "redirect-uris", app.application_user)
    assert "cannot be connected by link" in run(*uris).output
    set_to = run(*uris, "https://app.example/callback", "http://127.0.0.1:8765/callback")
    assert set_to.output == "https://app.example/callback\nhttp://127.0.0.1:8765/callback\n"
    assert isinstance(run(*uris, "http://app.example/callback").exception, InvalidError)
    assert run(*uris).output == set_to.output
    assert "cannot be connected by link" in run(*uris, "--none").output


def test_it_says_whether_a_site_is_ready(app: App) -> None:
    fill(add_school("oakfield"))
    asking = ("app", "readiness", app.application_user, "--site")
    nothing = run(*asking, "oakfield")
    set_requirements(app, [Need(Check.COURSE_SUBJECTS, "To sort")], by=OPERATOR, at=NOW)
    shown, told = run(*asking, "oakfield"), run(*asking, "oakfield", "--json")

    assert "has not said" in nothing.output
    assert nothing.exit_code == 0
    assert "2 of       3 fail: Every course has a subject" in shown.output
    assert shown.exit_code == 1
    assert json.loads(told.output)[0] == {
        "check": "course-subjects",
        "needs": "Every course has a subject",
        "reason": "To sort",
        "looked_at": 3,
        "failing": 2,
    }
    assert isinstance(run(*asking, "nowhere").exception, InvalidError)
    assert isinstance(run("app", "readiness", "nobody", "--site", "oakfield").exception, InvalidError)
