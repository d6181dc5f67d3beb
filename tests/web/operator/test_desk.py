"""The operator's desk: who comes in, what waits, the lists and their files."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Oakfield, signed_in
from tests.world import NOW, add_app, add_person, add_school, approve, ask
from tests.world_partners import at_the_desk, waiting_company, wish_for

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.suspend_app import suspend_app
from consentry.people.actions.add_operator import add_operator
from consentry.people.actions.end_operator import end_operator

PAGES = ["", "companies", "apps", "wishes", "companies/list.csv", "apps/list.xlsx", "wishes/list.csv"]


@pytest.fixture
def desk(oakfield: Oakfield) -> Client:
    return at_the_desk(add_person(oakfield.site, "Olu Day", None))


@pytest.mark.parametrize("page", PAGES)
def test_nobody_but_the_operators_people_finds_the_desk(oakfield: Oakfield, page: str) -> None:
    assert signed_in(oakfield.asha).get(f"/operator/{page}").status_code == 404
    assert Client().get(f"/operator/{page}")["Location"].startswith("/accounts/login/")


def test_the_operators_people_are_led_to_it_from_their_sites(desk: Client, oakfield: Oakfield) -> None:
    assert 'href="/operator/"' in desk.get("/").text
    assert signed_in(oakfield.asha).get("/")["Location"] == "/oakfield/"


def test_an_operator_gives_a_second_factor_first(oakfield: Oakfield) -> None:
    add_operator(oakfield.tom, by=OPERATOR, at=NOW)

    assert signed_in(oakfield.tom).get("/operator/")["Location"].startswith("/accounts/second-factor")


def test_somebody_who_is_taken_off_the_desk_is_out_at_the_next_click(oakfield: Oakfield) -> None:
    client = at_the_desk(oakfield.tom)
    assert client.get("/operator/").status_code == 200

    end_operator(oakfield.tom, by=OPERATOR, at=NOW)

    assert client.get("/operator/").status_code == 404


def test_the_desk_shows_what_waits(desk: Client, oakfield: Oakfield) -> None:
    """Issue: companies and apps to decide on; questions that a school's request for a new app raised."""
    assert "Nothing waits for a decision." in desk.get("/operator/").text
    waiting = waiting_company()
    wish = wish_for(oakfield.site, oakfield.asha)

    page = desk.get("/operator/").text

    assert "1 company and 1 wish of a school wait for a decision." in page
    assert f"/operator/companies/{waiting.id}" in page
    assert f"/operator/wishes/{wish.id}" in page
    assert "for Oakfield School" in page
    assert "<b>1</b> <span>live app</span>" in page


def test_companies_are_searched_filtered_and_sorted(desk: Client) -> None:
    waiting_company()

    assert "Orchard Apps" in desk.get("/operator/companies?q=rae@orchard").text
    only = desk.get("/operator/companies?state=waiting").text
    assert "Orchard Apps" in only
    assert "Acme Ltd" not in only
    assert "No company matches" in desk.get("/operator/companies?q=%25").text
    up, down = (desk.get(f"/operator/companies?sort={sort}").text for sort in ("name", "-name"))
    assert up.index("Acme Ltd") < up.index("Orchard Apps")
    assert down.index("Orchard Apps") < down.index("Acme Ltd")


def test_apps_are_filtered_by_how_they_run(desk: Client) -> None:
    suspend_app(add_app("Lunchline", "Lunch Co"), by=OPERATOR, at=NOW)
    add_app("Reader", "Lunch Co", is_live=False)

    def listed(query: str) -> list[str]:
        page = desk.get(f"/operator/apps?{query}").text
        return [name for name in ("Timetabler", "Lunchline", "Reader") if f">{name}</a>" in page]

    assert listed("running=live") == ["Timetabler"]
    assert listed("running=suspended") == ["Lunchline"]
    assert listed("running=not-live") == ["Reader"]
    assert listed("stage=submitted") == []
    assert listed("q=lunch+co") == ["Lunchline", "Reader"]


def test_the_list_of_apps_counts_their_schools(desk: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)
    ask(oakfield.connection.app, add_school("elmwood"))

    page = desk.get("/operator/apps").text

    assert "1 approved" in page
    assert "1 pending, 0 rejected" in page


def csv(desk: Client, path: str) -> str:
    return desk.get(f"/operator/{path}").content.decode("utf-8-sig").replace('"', "")


def test_downloads_hold_what_is_shown(desk: Client, oakfield: Oakfield) -> None:
    waiting_company()
    wish_for(oakfield.site, oakfield.asha)

    companies = csv(desk, "companies/list.csv?state=waiting")
    apps = csv(desk, "apps/list.csv")
    wishes = csv(desk, "wishes/list.csv")

    assert "Orchard Apps" in companies
    assert "Acme Ltd" not in companies
    assert "Timetabler,Acme Ltd,Direct partner,Accepted,Yes,No" in apps
    assert "Librario,Page Turners Ltd,Oakfield School,Asha Patel" in wishes


@pytest.mark.parametrize("page", ["companies", "apps", "wishes", ""])
def test_a_list_takes_as_many_queries_for_one_as_for_many(desk: Client, oakfield: Oakfield, page: str) -> None:
    wish_for(oakfield.site, oakfield.asha)

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert desk.get(f"/operator/{page}").status_code == 200
        return len(made)

    before = queries()
    for number in range(3):
        ask(add_app(f"App {number}", f"Company {number}"), oakfield.site)
        school = add_school(f"school-{number}")
        wish_for(school, add_person(school, f"Person {number}"))

    assert queries() == before


@pytest.mark.parametrize("listed", ["companies", "apps", "wishes"])
@pytest.mark.parametrize(
    "query",
    [
        "sort=nonsense", "sort=-", "state=nonsense&stage=x&running=y", "page=0", "page=" + "9" * 5000,
        "q=" + "x" * 3000, "q=%00", "q=%ED%A0%80", "page=²", "q[]=1",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_the_usual(desk: Client, listed: str, query: str) -> None:
    assert desk.get(f"/operator/{listed}?{query}").status_code in {200, 400}


@pytest.mark.parametrize("listed", ["companies", "apps", "wishes"])
@pytest.mark.parametrize("number", ["99999", "9" * 30])
def test_what_there_is_not_is_not_found(desk: Client, listed: str, number: str) -> None:
    assert desk.get(f"/operator/{listed}/{number}").status_code == 404
