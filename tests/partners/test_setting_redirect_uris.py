"""Where an app may be sent back to: set by the operator or with the app, ten at most, told in the log."""

from pathlib import Path

import pytest
from oauth2_provider.models import Application
from tests.world import NOW, acting, add_app

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.partners.actions.set_redirect_uris import set_redirect_uris
from consentry.partners.app_file import read_app_file
from consentry.partners.queries.redirect_uris import redirect_uris_of
from consentry.rules.invalid import InvalidError
from consentry.workflows.enrol_app import enrol_app

CALLBACK = "https://app.example/callback"

FILE = f"""
[company]
name = "Acme Ltd"
contact_name = "Jo Bell"
contact_email = "jo@acme.example"
website = "https://acme.example"
privacy_notice = "https://acme.example/privacy"
[app]
name = "Timetabler"
description = "Makes timetables."
contact_email = "help@acme.example"
website = "https://acme.example/app"
redirect_uris = ["{CALLBACK}", "http://127.0.0.1:8765/callback"]
[asks.Student]
fields = ["person"]
actions = ["read"]
"""


@pytest.mark.usefixtures("database")
def test_these_and_no_others_are_the_apps() -> None:
    app = add_app()
    assert redirect_uris_of(app) == []
    set_redirect_uris(app, ["https://app.example/old"], by=OPERATOR, at=NOW)
    set_redirect_uris(app, [CALLBACK, "http://localhost:9/"], by=acting(app), at=NOW)

    assert redirect_uris_of(app) == [CALLBACK, "http://localhost:9/"]
    with reading(None):
        told = Event.objects.filter(name="app.redirect_uris_set").order_by("number").last()
    assert told is not None
    assert told.details["redirect_uris"] == [CALLBACK, "http://localhost:9/"]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "uris", [["http://app.example/cb"], [CALLBACK, CALLBACK], [f"https://app.example/{n}" for n in range(11)], [""]]
)
def test_what_cannot_be_is_refused_whole(uris: list[str]) -> None:
    app = add_app()
    set_redirect_uris(app, [CALLBACK], by=OPERATOR, at=NOW)
    with pytest.raises(InvalidError) as refused:
        set_redirect_uris(app, uris, by=OPERATOR, at=NOW)

    assert refused.value.field == "redirect_uris"
    assert redirect_uris_of(app) == [CALLBACK]


@pytest.mark.usefixtures("database")
def test_the_file_of_an_app_may_name_them() -> None:
    enrolled = enrol_app(read_app_file(FILE.encode()), by=OPERATOR, at=NOW)
    assert redirect_uris_of(enrolled.app) == [CALLBACK, "http://127.0.0.1:8765/callback"]
    assert Application.objects.get(client_id=enrolled.app.application_user).client_secret == ""


def test_in_the_file_they_are_a_list() -> None:
    with pytest.raises(InvalidError, match="list"):
        read_app_file(FILE.replace('["https', '"https').replace(', "http://127.0.0.1:8765/callback"]', "").encode())


@pytest.mark.usefixtures("database")
def test_the_example_that_is_connected_by_link_can_be_enrolled() -> None:
    example = Path(__file__).parents[2] / "examples" / "apps" / "connect-app.toml"
    enrolled = enrol_app(read_app_file(example.read_bytes()), by=OPERATOR, at=NOW)

    assert redirect_uris_of(enrolled.app) == ["http://127.0.0.1:8765/callback"]
