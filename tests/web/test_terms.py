"""Terms and conditions come before anything else of a site, and are kept to be read again."""

import re

import pytest
from django.test import Client
from tests.web.conftest import Oakfield
from tests.world import NOW

from consentry.audit.actor import OPERATOR
from consentry.schools.actions.publish_terms import publish_terms
from consentry.web.before import DUE, second_factor_due, terms_due

FIRST = "# Using Consentry\n\nBe kind.\n\n- <script>alert(1)</script>\n"
SECOND = "# Using Consentry\n\nBe kind and careful.\n"


def publish(text: str = FIRST) -> None:
    publish_terms(text, by=OPERATOR, at=NOW)


def accept(client: Client, number: int, query: str = "", **more: str) -> tuple[int, str]:
    """Tick and press Accept; the status, and where it leads."""
    answer = client.post(f"/oakfield/terms{query}", {"version": str(number), "accept": "on", **more})
    return answer.status_code, answer.headers.get("Location", "")


def test_before_the_terms_are_accepted_nothing_else_can_be_reached(asha: Client, oakfield: Oakfield) -> None:
    """On first sign-in and when they change; nothing else is reachable before."""
    publish()
    app = f"/oakfield/partner-apps/{oakfield.connection.id}"

    for page in ("/oakfield/", app, "/oakfield/partner-apps/list.csv", "/oakfield/notifications"):
        answer = asha.get(page)
        assert (answer.status_code, answer["Location"]) == (302, f"/oakfield/terms?next={page.replace('/', '%2F')}")
    pressed = asha.post(f"{app}/approve", {"version": 1, "moves": 1}, headers={"referer": f"http://testserver{app}"})
    assert (pressed.status_code, pressed["Location"]) == (303, f"/oakfield/terms?next={app.replace('/', '%2F')}")

    assert accept(asha, 1, f"?next={app}") == (303, app)
    assert "Waiting for a decision." in asha.get(app).text


def test_the_page_shows_the_whole_text_as_text(asha: Client, oakfield: Oakfield) -> None:
    """At first login the user reads the terms and conditions, ticks, and accepts."""
    publish()

    page = asha.get("/oakfield/terms").text

    assert "<h2>Using Consentry</h2>" in page
    assert "<p>Be kind.</p>" in page
    assert "<li>&lt;script&gt;alert(1)&lt;/script&gt;</li>" in page
    assert "I have read and accept the terms and conditions" in page
    assert re.search(r"<button[^>]*>Accept</button>", page)
    assert "Partner Apps" not in page


def test_without_the_tick_nothing_is_accepted_and_the_field_says_so(asha: Client, oakfield: Oakfield) -> None:
    publish()

    answer = asha.post("/oakfield/terms?next=/oakfield/notifications", {"version": "1"})

    assert "Read the terms and tick the box to accept them, or sign out." in answer.text
    assert "Error: Terms and conditions" in answer.text
    assert 'action="/oakfield/terms?next=/oakfield/notifications"' in answer.text
    assert asha.get("/oakfield/").status_code == 302


def test_a_version_that_came_into_force_while_reading_is_shown_and_said(asha: Client, oakfield: Oakfield) -> None:
    publish()
    publish(SECOND)

    answer = asha.post("/oakfield/terms", {"version": "1", "accept": "on"})

    assert answer.status_code == 409
    assert "A newer version came into force while you were reading" in answer.text
    assert "Be kind and careful." in answer.text
    assert 'name="version" value="2"' in answer.text
    assert asha.get("/oakfield/").status_code == 302


def test_when_they_change_they_are_asked_again_and_the_page_says_why(asha: Client, oakfield: Oakfield) -> None:
    publish()
    assert accept(asha, 1) == (303, "/oakfield/")
    publish(SECOND)

    assert asha.get("/oakfield/").status_code == 302
    assert "The terms and conditions have changed" in asha.get("/oakfield/terms").text


def test_what_was_accepted_when_can_be_read_again(asha: Client, oakfield: Oakfield) -> None:
    assert "No terms and conditions are published" in asha.get("/oakfield/terms").text
    for number, text in enumerate((FIRST, SECOND), start=1):
        publish(text)
        accept(asha, number)

    page = asha.get("/oakfield/terms").text

    assert "What you accepted at Oakfield School" in page
    assert page.index("<dt>Version 2</dt>") < page.index("<dt>Version 1</dt>")
    assert "Be kind and careful." in page
    assert 'href="/oakfield/terms"' in asha.get("/oakfield/").text
    assert accept(asha, 2, "?next=/oakfield/notifications") == (303, "/oakfield/notifications")


def test_terms_are_for_each_person_by_themselves(asha: Client, tom: Client, oakfield: Oakfield) -> None:
    publish()
    accept(asha, 1)

    assert asha.get("/oakfield/").status_code == 200
    assert tom.get("/oakfield/").status_code == 302


@pytest.mark.parametrize(
    "way",
    [
        "https://evil.example/",
        "//evil.example/oakfield/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/elmwood/",
        "/accounts/logout/",
        "/oakfield/../accounts/logout/",
        "/oakfield/no-such-page",
        "http:///evil.example/oakfield/",
        "",
    ],
)
def test_the_way_back_leads_to_no_other_place(asha: Client, oakfield: Oakfield, way: str) -> None:
    """Bad input: open redirects."""
    publish()

    answer = asha.post("/oakfield/terms", {"version": "1", "accept": "on"}, query_params={"next": way})

    assert (answer.status_code, answer["Location"]) == (303, "/oakfield/")


@pytest.mark.parametrize("referer", ["https://evil.example/oakfield/notifications", "http://testserver/elmwood/", ""])
def test_a_form_from_elsewhere_leads_back_to_nowhere(asha: Client, oakfield: Oakfield, referer: str) -> None:
    publish()

    answer = asha.post("/oakfield/notifications", headers={"referer": referer})

    assert (answer.status_code, answer["Location"]) == (303, "/oakfield/terms")


def test_htmx_is_led_there_with_the_whole_page(asha: Client, oakfield: Oakfield) -> None:
    publish()

    answer = asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}", headers={"hx-request": "true"})

    assert answer.status_code == 200
    assert answer.content == b""
    assert answer["HX-Redirect"] == f"/oakfield/terms?next=%2Foakfield%2Fpartner-apps%2F{oakfield.connection.id}"
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 400, "1\0", "1.5"])
def test_an_acceptance_that_names_no_version_is_refused(asha: Client, oakfield: Oakfield, version: str) -> None:
    publish()

    status, _ = accept(asha, 1, version=version)

    assert status == (409 if version == "9" * 400 else 400)
    assert asha.get("/oakfield/").status_code == 302


def test_who_accepts_them_has_proved_all_that_the_site_asks_for() -> None:
    assert (second_factor_due, terms_due) == DUE
