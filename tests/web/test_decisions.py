"""Approving and rejecting on the page: what is told, who may, and two at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection as database_connection
from django.test import Client
from tests.races import TIMES
from tests.web.conftest import Oakfield, signed_in
from tests.world import NOW, add_app, add_person, add_school, approve, ask

from consentry.audit.actor import OPERATOR
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.connections.queries.history_of import moves_of
from consentry.partners.actions.set_app_live import set_app_live
from consentry.partners.models import App
from consentry.rules.connection_life import State
from consentry.schools.queries import school_id


def now(oakfield: Oakfield) -> Connection:
    """The connection as it stands."""
    with reading(school_id(oakfield.site)):
        return Connection.objects.get(id=oakfield.connection.id)


def decide(client: Client, shown: Connection, decision: str, **more: Any) -> Any:
    """Send the form of the page on which the connection was seen like this."""
    sent = {"version": shown.asked_id, "moves": shown.moves} | more
    return client.post(f"/oakfield/partner-apps/{shown.id}/{decision}", sent)


def test_an_approved_app_moves_to_approved_apps_and_the_page_says_so(asha: Client, oakfield: Oakfield) -> None:
    answer = decide(asha, oakfield.connection, "approve")
    page = asha.get(answer["Location"])

    assert (answer.status_code, page.status_code) == (303, 200)
    assert "Timetabler moved to Approved Apps on" in page.text
    assert "by Asha Patel. It can read from its next call on." in page.text
    assert "Timetabler" in asha.get("/oakfield/partner-apps/approved").text
    assert now(oakfield).state == State.APPROVED


def test_it_is_rejected_and_approved_again(asha: Client, oakfield: Oakfield) -> None:
    decide(asha, oakfield.connection, "approve")
    rejected = asha.get(decide(asha, now(oakfield), "reject")["Location"]).text
    decide(asha, now(oakfield), "approve")

    assert "Its access has ended" in rejected
    assert now(oakfield).state == State.APPROVED


def test_without_the_permission_it_is_refused_naming_what_is_missing(tom: Client, oakfield: Oakfield) -> None:
    page = tom.get(f"/oakfield/partner-apps/{oakfield.connection.id}").text
    refused = [decide(tom, oakfield.connection, decision) for decision in ("approve", "reject")]

    assert [answer.status_code for answer in refused] == [403, 403]
    assert all("School: User Accounts: Administer" in answer.text for answer in refused)
    assert page.count("disabled>") == 2
    assert "School: User Accounts: Administer" in page
    assert now(oakfield).state == State.PENDING


def test_a_permission_at_another_site_opens_nothing_here(oakfield: Oakfield) -> None:
    stranger = signed_in(add_person(add_school("elmwood"), "Lee Hart"))

    assert decide(stranger, oakfield.connection, "approve").status_code == 404
    assert now(oakfield).state == State.PENDING


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
"""Of the button that signs out: another one each time."""


def test_another_sites_connection_is_as_unknown_as_none(asha: Client, oakfield: Oakfield) -> None:
    elmwood = add_school("elmwood")
    foreign = ask(App.objects.get(), elmwood)
    addresses = ["", "/approve", "/reject", "/list.csv"]

    def answers(number: int) -> list[tuple[int, str]]:
        sent = {"version": foreign.asked_id, "moves": 1}
        page = f"/oakfield/partner-apps/{number}"
        got = [
            asha.get(page),
            asha.post(f"{page}/approve", sent),
            asha.post(f"{page}/reject", sent),
            asha.get(f"{page}/list.csv"),
        ]
        return [(answer.status_code, TOKEN.sub("", answer.text)) for answer in got]

    assert answers(foreign.id) == answers(987654321)
    assert [status for status, _ in answers(foreign.id)] == [404] * len(addresses)


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 30, "9" * 5000, "-1", "1.5", "x", "１"])
def test_ids_that_cannot_be_are_not_found(asha: Client, number: str) -> None:
    page = f"/oakfield/partner-apps/{number}"
    sent = {"version": 1, "moves": 1}

    assert asha.get(page).status_code == 404
    assert asha.post(f"{page}/approve", sent).status_code == 404
    assert asha.get(f"{page}/list.xlsx").status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"version": ""},
        {"version": "x", "moves": "1"},
        {"version": "1\0", "moves": "1"},
        {"version": "9" * 5000, "moves": "1"},
    ],
)
def test_a_decision_that_does_not_say_what_was_seen_is_refused(
    asha: Client, oakfield: Oakfield, sent: dict[str, str]
) -> None:
    answer = asha.post(f"/oakfield/partner-apps/{oakfield.connection.id}/approve", sent)

    assert answer.status_code == 400
    assert "did not say which version" in answer.text
    assert now(oakfield).state == State.PENDING


def test_who_decides_second_is_told_who_decided_first(oakfield: Oakfield) -> None:
    mia = signed_in(add_person(oakfield.site, "Mia Fox"))
    approve(oakfield.connection, oakfield.asha)

    late = decide(mia, Connection(id=oakfield.connection.id, asked_id=oakfield.connection.asked_id, moves=1), "reject")

    assert late.status_code == 409
    assert "Asha Patel approved Timetabler on" in late.text
    assert "Your decision was not carried out." in late.text
    assert now(oakfield).state == State.APPROVED


@pytest.mark.races
def test_two_administrators_at_once_get_one_outcome(oakfield: Oakfield) -> None:
    asha, mia = signed_in(oakfield.asha), signed_in(add_person(oakfield.site, "Mia Fox"))
    possible = {
        State.PENDING: ["approve", "reject"],
        State.APPROVED: ["reject", "reject"],
        State.REJECTED: ["approve", "approve"],
    }
    for _ in range(TIMES):
        shown, start = now(oakfield), Barrier(2)
        others = possible[State(shown.state)]

        def at_once(client: Client, decision: str, shown: Connection = shown, start: Barrier = start) -> int:
            start.wait()
            try:
                return int(decide(client, shown, decision).status_code)
            finally:
                database_connection.close()

        with ThreadPoolExecutor(2) as pool:
            both = [
                pool.submit(at_once, client, decision) for client, decision in zip((asha, mia), others, strict=True)
            ]
        assert sorted(each.result() for each in both) == [303, 409]

    assert now(oakfield).moves == TIMES + 1, "the request, and one decision a meeting"


def test_an_app_that_stopped_being_live_cannot_be_approved(asha: Client, oakfield: Oakfield) -> None:
    set_app_live(App.objects.get(), is_live=False, by=OPERATOR, at=NOW)

    refused = decide(asha, oakfield.connection, "approve")

    assert refused.status_code == 409
    assert "Application Not Live" in refused.text
    assert "Contact Acme Ltd at jo@acme.example or help@acme.example and ask when it will be." in refused.text
    assert now(oakfield).state == State.PENDING


def test_a_form_that_no_page_of_ours_sent_is_refused(oakfield: Oakfield) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(oakfield.asha)

    answer = decide(client, oakfield.connection, "approve")

    assert answer.status_code == 403
    assert "This page was open for too long" in answer.text
    assert now(oakfield).state == State.PENDING


def test_looking_changes_nothing(asha: Client, oakfield: Oakfield) -> None:
    for decision in ("approve", "reject"):
        address = f"/oakfield/partner-apps/{oakfield.connection.id}/{decision}"
        assert {method(address).status_code for method in (asha.get, asha.head)} == {303}
        assert {method(address).status_code for method in (asha.put, asha.delete)} == {405}

    assert now(oakfield).moves == oakfield.connection.moves


def test_every_decision_stands_in_the_history(asha: Client, oakfield: Oakfield) -> None:
    decide(asha, oakfield.connection, "reject")
    add_app("Other")

    with reading(school_id(oakfield.site)):
        last = moves_of(school_id(oakfield.site), oakfield.connection.id)[0]

    assert (last.what, last.by) == (EventName.CONNECTION_REJECTED, "Asha Patel")


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_after_a_session_that_ended_the_way_leads_to_the_apps_page(oakfield: Oakfield, decision: str) -> None:
    client, page = Client(), f"/oakfield/partner-apps/{oakfield.connection.id}"
    pressed = client.post(f"{page}/{decision}", {"version": 1, "moves": 1})
    client.force_login(oakfield.asha)
    opened = client.get(f"{page}/{decision}")

    assert pressed["Location"] == f"/accounts/login/?next={page}"
    assert (opened.status_code, opened["Location"]) == (303, page)
    assert now(oakfield).state == State.PENDING


def test_an_address_asked_in_another_way_is_a_page_that_says_so(asha: Client, oakfield: Oakfield) -> None:
    for address in ("/", "/oakfield/", f"/oakfield/partner-apps/{oakfield.connection.id}/approve"):
        answer = asha.delete(address)
        assert answer.status_code == 405
        assert "GET" in answer["Allow"]
        assert "This address cannot be opened like that" in answer.text
