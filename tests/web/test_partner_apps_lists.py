"""System > Partner Apps (API Users): the three lists."""

import pytest
from django.test import Client
from tests.web.conftest import Oakfield
from tests.world import add_app, approve, ask


def test_a_request_waits_under_pending_requests(asha: Client, oakfield: Oakfield) -> None:
    page = asha.get("/oakfield/partner-apps/pending")

    assert page.status_code == 200
    assert "Timetabler" in page.text
    assert "1 data type, 3 fields" in page.text
    assert "1 special category" in page.text
    assert f"/oakfield/partner-apps/{oakfield.connection.id}" in page.text


def test_an_approved_app_stands_under_approved_apps_with_who_approved_it(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)

    approved = asha.get("/oakfield/partner-apps/approved").text
    pending = asha.get("/oakfield/partner-apps/pending").text

    assert "by Asha Patel" in approved
    assert "None yet" in approved
    assert "No app is waiting" in pending


def test_the_search_looks_in_names_of_apps_and_companies(asha: Client, oakfield: Oakfield) -> None:
    ask(add_app("Lunchline", "Lunch Co"), oakfield.site)

    by_company = asha.get("/oakfield/partner-apps/pending?q=lunch co").text
    nothing = asha.get("/oakfield/partner-apps/pending?q=%25").text

    assert "Lunchline" in by_company
    assert "Timetabler" not in by_company
    assert "No app matches" in nothing


def test_twenty_apps_to_a_page_sorted_as_asked(asha: Client, oakfield: Oakfield) -> None:
    for number in range(21):
        ask(add_app(f"App {number:02}"), oakfield.site)

    first = asha.get("/oakfield/partner-apps/pending?sort=app").text
    second = asha.get("/oakfield/partner-apps/pending?sort=app&page=2").text
    past_the_end = asha.get("/oakfield/partner-apps/pending?sort=app&page=99").text

    assert "1 to 20 of 22 apps" in first
    assert "App 00" in first
    assert "Timetabler" not in first
    assert "Timetabler" in second
    assert "21 to 22 of 22 apps" in past_the_end


@pytest.mark.parametrize(
    "query",
    [
        "sort=nonsense", "sort=-", "sort=last_call", "page=0", "page=-3", "page=" + "9" * 5000, "page=²", "page=1e3",
        "q=" + "x" * 3000, "q=%ED%A0%80", "q=%F0%9F%98%80", "q=%27%3B--", "q[]=1&sort[]=2", "sort=app&sort=company",
    ],
)  # fmt: skip
def test_what_an_address_says_wrongly_falls_back_to_the_usual(asha: Client, oakfield: Oakfield, query: str) -> None:
    assert asha.get(f"/oakfield/partner-apps/pending?{query}").status_code == 200


def test_a_nul_in_an_address_is_refused(asha: Client) -> None:
    assert asha.get("/oakfield/partner-apps/pending?q=a%00b").status_code == 400
    assert asha.get("/oakfield/partner-apps/pending%00").status_code == 400


def test_no_other_list_exists(asha: Client) -> None:
    assert asha.get("/oakfield/partner-apps/none").status_code == 404
    assert asha.get("/oakfield/partner-apps/none/").status_code == 404


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("/oakfield", "/oakfield/"),
        ("/oakfield/partner-apps", "/oakfield/partner-apps/pending"),
        ("/oakfield/partner-apps/", "/oakfield/partner-apps/pending"),
    ],
)
def test_an_address_cut_short_leads_to_the_page(asha: Client, short: str, whole: str) -> None:
    answer = asha.get(short)

    assert (answer.status_code, answer["Location"]) == (302, whole)
    assert asha.get(whole).status_code == 200
