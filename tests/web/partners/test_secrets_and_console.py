"""Secrets: two at a time, shown once. The console: an app's calls, really made at the sandbox and on record."""

import base64
import re
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import Error
from django.test import Client
from django.utils import timezone
from tests.web.conftest import signed_in
from tests.web.partners.conftest import own_app
from tests.world import READ, STUDENTS, reject

from consentry.api.application import Surfaces
from consentry.api.last_use import LAST_USE, LastUse
from consentry.api.rate_limit import RateLimit
from consentry.api.rest_v2.application import RestV2
from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.models import AccessEvent, Connection
from consentry.connections.reading.door import ENTER
from consentry.partners.actions.note_secrets_used import note_secrets_used
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.models import App, Company, CompanyMember, Credential
from consentry.project.jobs import open_sandboxes
from consentry.rules.grants import Action
from consentry.schools.queries import school_id
from consentry.workflows.publish_permission_set import publish_permission_set


def issued(client: Client, home: str, app: App) -> str:
    """The secret that the page shows."""
    page = client.post(f"{home}/apps/{app.id}/secrets/issue").text
    found = re.search(r'shown this once</p>\s*<p><code class="copyable">([^<]+)<', page)
    assert found is not None
    return found[1]


def test_a_secret_is_shown_once_and_never_kept(client: Client, home: str, app: App) -> None:
    """Issue: keys at once. AS-11: shown once, hashed."""
    secret = issued(client, home, app)

    assert len(secret) >= 43
    page = client.get(f"{home}/apps/{app.id}/secrets")
    assert secret not in page.text
    assert f"<code>{secret[-4:]}</code>" in page.text
    assert page["Cache-Control"] == "no-store, private"
    assert "Not yet" in page.text


def test_two_secrets_at_a_time_so_that_they_can_be_rotated(client: Client, home: str, app: App) -> None:
    first, _ = issued(client, home, app), issued(client, home, app)

    third = client.post(f"{home}/apps/{app.id}/secrets/issue").text
    assert "revoke one first" in third
    old = Credential.objects.get(hint=first[-4:])
    client.post(f"{home}/apps/{app.id}/secrets/{old.id}/revoke")

    assert issued(client, home, app)
    assert client.post(f"{home}/apps/{app.id}/secrets/{old.id}/revoke").status_code == 404


def test_another_apps_secret_is_not_there(client: Client, home: str, app: App, jo: CompanyMember) -> None:
    issued(client, home, app)
    other = own_app(jo, "Other")

    assert client.get(f"{home}/apps/{other.id}/secrets/{Credential.objects.get().id}/revoke").status_code == 404


def a_call(app: App, secret: str, path: str) -> tuple[str, Any]:
    """A call of the app through the whole program: the status, and the body as the server gets it."""
    surfaces = Surfaces(RestV2(RateLimit(1000), RateLimit(1000), ENTER), WSGIHandler())
    basic = base64.b64encode(f"{app.application_user}:{secret}".encode()).decode()
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_AUTHORIZATION": f"Basic {basic}",
    }  # fmt: skip
    said: list[str] = []
    body = surfaces(environ, lambda status, _headers: said.append(status))
    return said[0], body


@pytest.fixture
def published(jo: CompanyMember, app: App) -> App:
    open_sandboxes()
    app = App.objects.select_related("company__sandbox").get(id=app.id)
    forms = AskedRow("RegistrationForm", ["shortName"], READ)
    writes = AskedRow("EmailAddress", ["emailAddress"], frozenset({Action.WRITE}))
    publish_permission_set(app, [STUDENTS, forms, writes], note="First", by=OPERATOR, at=timezone.now())
    return app


def test_the_last_use_of_a_secret_is_noted_after_the_reply_once_an_hour(
    client: Client, home: str, published: App
) -> None:
    """Issue: last used."""
    LAST_USE._noted.clear()
    secret = issued(client, home, published)

    status, body = a_call(published, secret, "/sandbox-acme-ltd/rest-v2/students")
    assert status == "200 OK"
    assert b"students" in b"".join(body)
    assert Credential.objects.get().last_used_at is None
    body.close()

    used = Credential.objects.get().last_used_at
    assert used is not None
    _, again = a_call(published, secret, "/sandbox-acme-ltd/rest-v2/students")
    assert isinstance(again, list)
    note_secrets_used([Credential.objects.get().id], at=timezone.now())
    assert Credential.objects.get().last_used_at == used
    page = client.get(f"{home}/apps/{published.id}/secrets").text
    assert "Not yet" not in page


def test_a_use_that_could_not_be_noted_is_noted_with_the_next(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    now = [0.0]
    use = LastUse(clock=lambda: now[0])
    tried: list[set[int]] = []

    def away(credentials: set[int], **_more: object) -> None:
        tried.append(set(credentials))
        raise Error

    monkeypatch.setattr("consentry.api.last_use.note_secrets_used", away)
    use.used(7)
    use.note()
    use.used(7)
    use.note()
    use.note()
    assert tried == [{7}, {7}]
    now[0] += 3600
    use.used(8)
    assert not isinstance(use.after([b""]), list)


def test_the_console_makes_the_call_for_real_and_it_is_on_record(client: Client, home: str, published: App) -> None:
    """Issue: API console pages generated from the catalogue for the versions of that app, with a curl line."""
    secret = issued(client, home, published)
    page = client.get(f"{home}/apps/{published.id}/console").text
    site = Company.objects.get().sandbox
    assert site is not None

    answer = client.get(f"{home}/apps/{published.id}/console/Student").text

    assert f"curl --user &#x27;{published.application_user}&#x27;" in page
    assert "/sandbox-acme-ltd/rest-v2/students?page-size=3" in page
    assert secret not in page + answer
    assert "Registration forms" in page
    assert "console/EmailAddress" not in page
    assert "&quot;students&quot;" in answer
    assert "&quot;entityType&quot;" in answer
    assert "Withheld, and named in the header" in answer
    with reading(school_id(site)):
        noted = AccessEvent.objects.get(school=site, app_id=published.id)
    assert (noted.outcome, noted.data_type, len(noted.records or [])) == ("served", "Student", 3)


def test_the_console_says_why_a_call_is_refused(client: Client, home: str, published: App, jo: CompanyMember) -> None:
    issued(client, home, published)
    site = Company.objects.get().sandbox
    assert site is not None
    with reading(school_id(site)):
        connection = Connection.objects.select_related("school").get(school=site)
    reject(connection, jo.user, at=timezone.now())

    refused = client.get(f"{home}/apps/{published.id}/console/Student").text
    assert "was rejected at the sandbox" in refused
    assert "&quot;entityType&quot;" not in refused

    client.post(f"{home}/apps/{published.id}/connect-sandbox")
    assert "&quot;entityType&quot;" in client.get(f"{home}/apps/{published.id}/console/Student").text
    with reading(school_id(site)):
        assert Connection.objects.get(school=site).decided_by == jo.user


def test_what_the_app_may_not_read_has_no_call(
    client: Client, home: str, published: App, reader: CompanyMember
) -> None:
    issued(client, home, published)

    for name in ("EmailAddress", "Staff", "Nothing", "%3Cscript%3E"):
        assert client.get(f"{home}/apps/{published.id}/console/{name}").status_code == 404
    assert signed_in(reader.user).get(f"{home}/apps/{published.id}/console/Student").status_code == 403


def test_the_console_says_what_is_to_be_done_first(client: Client, home: str, app: App) -> None:
    assert "Your sandbox is being made" in client.get(f"{home}/apps/{app.id}/console").text
    assert client.get(f"{home}/apps/{app.id}/connect-sandbox").status_code == 404
    open_sandboxes()
    assert "Nothing is published yet" in client.get(f"{home}/apps/{app.id}/console").text
    assert "Publish what the app asks for first." in client.post(f"{home}/apps/{app.id}/connect-sandbox").text
    publish_permission_set(
        App.objects.select_related("company__sandbox").get(), [STUDENTS], note="1", by=OPERATOR, at=timezone.now()
    )
    assert "The app has no secret yet" in client.get(f"{home}/apps/{app.id}/console").text
    assert "The app has no secret yet" in client.get(f"{home}/apps/{app.id}/console/Student").text


def test_the_schools_of_an_app_are_those_that_it_asked(client: Client, home: str, published: App) -> None:
    page = client.get(f"{home}/apps/{published.id}/schools").text

    assert "Acme Ltd sandbox school" in page
    assert "Your sandbox" in page
    assert "Approved" in page
