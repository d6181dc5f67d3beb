"""The consent page: what it shows, who may send its form, and what comes of it (AS-14, AS-15, F25)."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client as Browser
from django.utils import timezone
from oauth2_provider.models import Grant
from tests.linking import CALLBACK, LinkedApp, approve_link, asked, issuer, look, press, read_with, signed_in
from tests.web.conftest import Oakfield
from tests.world import EMAILS, NOW, PASSWORD, STUDENTS, add_person, approve, ask, reject

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.connections.models import Connection, Receipt
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.models import App
from consentry.rules.connection_life import State
from consentry.schools.queries import school_id


def connection_of(oakfield: Oakfield, app: App) -> Connection | None:
    with reading(school_id(oakfield.site)):
        return Connection.objects.select_related("version", "school").filter(school=oakfield.site, app=app).first()


def receipts(oakfield: Oakfield) -> int:
    with reading(school_id(oakfield.site)):
        return Receipt.objects.count()


def change_session(browser: Browser, change: Callable[[SessionBase], None]) -> None:
    session = browser.session
    change(session)
    session.save()


def test_the_page_says_who_asks_for_what_where_and_for_how_long(
    app: LinkedApp, asha: Browser, oakfield: Oakfield
) -> None:
    """AS-14: app, school, version, data types with read, write, update, delete, and life."""
    publish_version(app.app, (STUDENTS, EMAILS), note="Second", by=OPERATOR, at=timezone.now())
    page = look(asha, app, oakfield.site)

    for words in (
        "Connect Lunchline to Oakfield School?", "Lunch Ltd", "Version 2 of its permission set", "Students",
        "Email addresses", "Ethnicity", "special category", "Read", "Write", "Update", "Delete", "15 minutes",
        "90 days", "Asha Patel", "Back to https://timetabler.example", "Privacy notice",
    ):  # fmt: skip
        assert words in page.text, words


def test_consent_is_asked_every_time_and_a_second_one_changes_nothing(
    app: LinkedApp, asha: Browser, oakfield: Oakfield
) -> None:
    """AS-14: consent always asked. Connected already: since when and by whom; new tokens, no second receipt."""
    approve_link(asha, app, oakfield.site)
    before = connection_of(oakfield, app.app)
    page = look(asha, app, oakfield.site)
    assert "Lunchline is connected to Oakfield School already" in page.text
    assert re.search(r"Approved on .* by Asha Patel", page.text)
    code = asked(press(asha, page))["code"]

    after = connection_of(oakfield, app.app)
    assert before
    assert after
    assert (after.moves, after.decided_at, after.version) == (before.moves, before.decided_at, before.version)
    assert receipts(oakfield) == 1
    assert read_with(app.exchange(code).json["access_token"], oakfield.site).status == 200
    with reading(school_id(oakfield.site)):
        assert Event.objects.filter(name="connect_link.used", school_id=oakfield.site.id).count() == 2


def test_a_pending_request_is_approved_at_the_newest_version(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    ask(app.app, oakfield.site)
    publish_version(app.app, (STUDENTS, EMAILS), note="Second", by=OPERATOR, at=NOW)
    approve_link(asha, app, oakfield.site)

    connection = connection_of(oakfield, app.app)
    assert connection
    assert connection.version
    assert (connection.state, connection.version.number, connection.moves) == (State.APPROVED, 2, 2)


def test_an_app_rejected_before_can_be_approved_again_here(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    reject(approve(ask(app.app, oakfield.site), oakfield.asha), oakfield.asha)
    page = look(asha, app, oakfield.site)
    assert "Oakfield School has rejected Lunchline" in page.text
    press(asha, page)

    connection = connection_of(oakfield, app.app)
    assert connection
    assert connection.state == State.APPROVED


def test_cancelling_tells_the_app_and_changes_nothing(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    answer = press(asha, look(asha, app, oakfield.site), "cancel")

    assert (answer.status_code, answer["Location"].split("?")[0]) == (303, CALLBACK)
    said = asked(answer)
    assert (said["error"], said["iss"], said["state"]) == ("access_denied", issuer(), "st&te=1 é")
    assert connection_of(oakfield, app.app) is None
    assert not Grant.objects.exists()


def test_the_form_counts_once(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """AS-15, "expired link": sent twice, or after the back button."""
    page = look(asha, app, oakfield.site)
    press(asha, page)
    again = press(asha, page)

    assert again.status_code == 400
    assert "This page can no longer be used" in again.text
    assert again.context["again_url"] == app.consent(oakfield.site)
    assert Grant.objects.count() == 1


def test_of_two_that_send_it_at_once_one_counts(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """F25: both find it in their session; one row of the cache lets one through."""
    page = look(asha, app, oakfield.site)
    before = dict(asha.session["connect_links"])
    press(asha, page)
    change_session(asha, lambda session: session.update({"connect_links": before}))

    assert press(asha, page).status_code == 400


def test_the_form_dies_after_ten_minutes(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """AS-15, "expired link"."""
    page = look(asha, app, oakfield.site)

    def grow_old(session: SessionBase) -> None:
        session["connect_links"] = {
            name: row | {"until": timezone.now().isoformat()} for name, row in session["connect_links"].items()
        }

    change_session(asha, grow_old)
    assert press(asha, page).status_code == 400


def test_nobody_sends_the_form_of_another(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """AS-15: consent posted for another user's session; a session that another person's page was put into."""
    page = look(asha, app, oakfield.site)
    other = signed_in(add_person(oakfield.site, "Omar Diaz"))
    assert press(other, page).status_code == 400
    kept = dict(asha.session["connect_links"])
    change_session(other, lambda session: session.update({"connect_links": kept}))
    assert press(other, page).status_code == 400

    assert connection_of(oakfield, app.app) is None
    assert not Grant.objects.exists()


@pytest.mark.parametrize("changed", [{"state": "other"}, {"redirect_uri": "https://other.example/"}, {"scope": None}])
def test_the_form_is_for_the_very_request_that_was_shown(
    app: LinkedApp, asha: Browser, oakfield: Oakfield, changed: dict[str, str | None]
) -> None:
    """AS-15: bound to the request."""
    page = look(asha, app, oakfield.site)
    sent = {"request": page.context["request_name"], "approve": "yes"}
    answer = asha.post(app.consent(oakfield.site, **changed), sent)

    if "scope" not in changed:
        assert answer.status_code == 400
        assert not Grant.objects.exists()
    else:
        assert Grant.objects.get().scope == "records"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"approve": "yes"},
        {"request": "x"},
        {"request": "\0", "approve": "yes"},
        {"request": "é" * 9999, "cancel": "1"},
    ],
)
def test_what_else_is_sent_changes_nothing(
    app: LinkedApp, asha: Browser, oakfield: Oakfield, sent: dict[str, str]
) -> None:
    look(asha, app, oakfield.site)
    assert asha.post(app.consent(oakfield.site), sent).status_code == 400
    assert connection_of(oakfield, app.app) is None


def test_the_form_needs_its_token(app: LinkedApp, oakfield: Oakfield) -> None:
    """AS-15: CSRF."""
    strict = Browser(enforce_csrf_checks=True, raise_request_exception=False)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', strict.get("/accounts/login/").text)
    assert token
    strict.post(
        "/accounts/login/", {"login": oakfield.asha.email, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    )
    page = look(strict, app, oakfield.site)
    assert page.status_code == 200
    assert press(strict, page).status_code == 403
    assert not Grant.objects.exists()


def test_who_signed_in_a_while_ago_confirms_that_it_is_them(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """AS-15: proved in the last five minutes; also between looking and approving."""
    page = look(asha, app, oakfield.site)

    def go_away(session: SessionBase) -> None:
        key = "account_authentication_methods"
        session[key] = [step | {"at": step["at"] - 301} for step in session[key]]

    change_session(asha, go_away)
    for answer in (look(asha, app, oakfield.site), press(asha, page)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/reauthenticate/?next=/oakfield/connect")
    assert not Grant.objects.exists()

    back = asha.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": app.consent(oakfield.site)})
    assert back["Location"] == app.consent(oakfield.site)
    assert approve_link(asha, app, oakfield.site)


def test_the_page_stands_in_no_frame_and_leads_to_the_app_alone(
    app: LinkedApp, asha: Browser, oakfield: Oakfield
) -> None:
    """AS-15: clickjacking; and the policy names the app's address here and on no other page."""
    headers = look(asha, app, oakfield.site).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self' https://timetabler.example"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store, private"
    assert "timetabler.example" not in asha.get("/oakfield/").headers["Content-Security-Policy"]
    assert "timetabler.example" not in asha.get(app.link(client_id="x")).headers["Content-Security-Policy"]


def test_what_changed_meanwhile_is_looked_at_again(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """Two tabs, or a company that publishes while somebody reads: nobody approves what they have not seen."""
    page = look(asha, app, oakfield.site)
    publish_version(app.app, (STUDENTS, EMAILS), note="Second", by=OPERATOR, at=NOW)
    answer = press(asha, page)

    assert answer.status_code == 409
    assert "Your decision was not carried out" in answer.text
    assert "Version 2" in answer.text
    assert connection_of(oakfield, app.app) is None
    assert asked(press(asha, answer))["code"]


def test_only_so_many_pages_are_kept_for_a_browser(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    first = look(asha, app, oakfield.site)
    for _ in range(5):
        last = look(asha, app, oakfield.site)

    assert len(asha.session["connect_links"]) == 5
    assert press(asha, first).status_code == 400
    assert press(asha, last).status_code == 303
