"""The partner directory: who stands in it, what each would ask for, and how to connect it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Oakfield
from tests.world import NOW, add_app, add_school, approve, ask
from tests.world_partners import accepted_company, app_behind, waiting_company

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.decline_app import decline_app
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App, AppKind
from consentry.rules.company_life import Declined

DIRECTORY = "/oakfield/directory"


@pytest.fixture
def groupcall(oakfield: Oakfield) -> App:
    """A data provider with an app behind it."""
    provider = add_app("Groupcall", accepted_company("Groupcall Ltd").name, kind=AppKind.DATA_PROVIDER)
    app_behind(provider, "GCSEPod", "Soundbite Learning")
    return provider


def listed(client: Client, query: str = "") -> list[str]:
    """The names in the list, in its order."""
    return [row["name"] for row in client.get(f"{DIRECTORY}?{query}").context["listing"]["rows"]]


def test_everybody_of_the_site_finds_the_directory_in_the_menu(tom: Client) -> None:
    assert f'href="{DIRECTORY}"' in tom.get("/oakfield/").text
    assert tom.get(DIRECTORY).status_code == 200


def test_the_empty_list_of_requests_leads_to_the_directory(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)

    assert f'href="{DIRECTORY}">Look in the partner directory</a>' in asha.get("/oakfield/partner-apps/pending").text


def test_partners_stand_there_direct_or_through_a_data_provider(asha: Client, groupcall: App) -> None:
    """Issue: for schools, all integrated partners, and whether it is direct or comes through a data provider."""
    page = asha.get(DIRECTORY).text

    assert listed(asha) == ["GCSEPod", "Groupcall", "Timetabler"]
    assert "Through Groupcall" in page
    assert "Groupcall: 1 data type, 3 fields" in page
    assert "1 special category field" in page
    assert "Pending request" in page


def test_the_list_is_searched_filtered_and_sorted(asha: Client, groupcall: App) -> None:
    assert listed(asha, "q=soundbite") == ["GCSEPod"]
    assert listed(asha, "route=direct") == ["Timetabler"]
    assert listed(asha, "route=provider") == ["Groupcall"]
    assert listed(asha, "route=through&category=learning") == ["GCSEPod"]
    assert listed(asha, "category=other") == ["Groupcall", "Timetabler"]
    assert listed(asha, "sort=-name") == ["Timetabler", "Groupcall", "GCSEPod"]
    assert listed(asha, "sort=company") == ["Timetabler", "Groupcall", "GCSEPod"]
    assert listed(asha, "q=%25&sort=nonsense&route=x&page=999") == []


def test_only_live_apps_of_accepted_companies_are_partners(asha: Client, oakfield: Oakfield, groupcall: App) -> None:
    add_app("Reader", waiting_company().name)
    add_app("Lunchline", "Lunch Co", is_live=False)
    decline_app(add_app("Spies", "Lunch Co").id, Declined.UNSAFE, by=OPERATOR, at=NOW)
    suspend_app(groupcall, reason="A leak.", by=OPERATOR, at=NOW)

    assert listed(asha) == ["Timetabler"], "and what comes through a suspended provider is gone with it"


def test_nothing_found_leads_to_asking(asha: Client) -> None:
    page = asha.get(f"{DIRECTORY}?q=nonesuch").text

    assert "No partner matches" in page
    assert f'href="{DIRECTORY}/ask"' in page


def test_the_page_of_an_app_says_what_it_would_ask_and_how_to_connect(asha: Client, oakfield: Oakfield) -> None:
    """Seed: contact the app's company directly to let them know. They will set up the new connection."""
    app = add_app("Lunchline", "Lunch Co")

    page = asha.get(f"{DIRECTORY}/apps/{app.id}").text

    assert "Contact Lunch Co directly to let them know you would like to work with them." in page
    assert "They will set up the new connection." in page
    assert "Lunchline has not asked to connect to Oakfield School." in page
    assert "1 data type, 3 fields, 1 of them special category data" in page
    assert "https://acme.example/privacy" in page
    assert "Processing agreement" in page
    assert "Where data goes" in page
    assert "How long it is kept" in page


def test_the_page_of_an_app_says_where_it_stands_at_this_school(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)

    page = asha.get(f"{DIRECTORY}/apps/{oakfield.connection.app_id}").text

    assert "Approved" in page
    assert f'href="/oakfield/partner-apps/{oakfield.connection.id}"' in page
    assert "is connected: what it may do stands under Partner Apps." in page
    assert "has asked to connect already" not in page


def test_an_app_that_is_not_live_says_so_with_whom_to_contact(asha: Client) -> None:
    """Seed: getting an Application Not Live error message."""
    app = add_app("Lunchline", "Lunch Co", is_live=False)

    page = asha.get(f"{DIRECTORY}/apps/{app.id}").text

    assert "Application Not Live" in page
    assert "Lunchline is not live yet, so only dummy sites can connect it. Contact Lunch Co at jo@acme.example" in page


def test_a_suspended_app_says_so_with_the_reason(asha: Client, oakfield: Oakfield) -> None:
    suspend_app(oakfield.connection.app, reason="A leak.", by=OPERATOR, at=NOW)

    page = asha.get(f"{DIRECTORY}/apps/{oakfield.connection.app_id}").text

    assert "This app is suspended" in page
    assert "The reason: A leak." in page
    assert "It cannot be connected while it is suspended." in page


def test_an_app_behind_a_provider_is_authorised_there(asha: Client, groupcall: App) -> None:
    """Seed: the data is then pulled from the provider, once you authorise the third party within it."""
    (behind,) = groupcall.apps_behind.all()

    page = asha.get(f"{DIRECTORY}/through/{behind.id}").text
    provider = asha.get(f"{DIRECTORY}/apps/{groupcall.id}").text

    assert "Authorise GCSEPod within Groupcall." in page
    assert f'href="{DIRECTORY}/apps/{groupcall.id}"' in page
    assert f'href="{DIRECTORY}/through/{behind.id}"' in provider
    assert "has declared no app" not in provider


def test_an_app_that_was_not_accepted_has_no_page(asha: Client) -> None:
    waiting = add_app("Reader", waiting_company().name)
    declined = decline_app(add_app("Spies", "Lunch Co").id, Declined.UNSAFE, by=OPERATOR, at=NOW)

    for number in (waiting.id, declined.id, 9**9, 9**30):
        assert asha.get(f"{DIRECTORY}/apps/{number}").status_code == 404
        assert asha.get(f"{DIRECTORY}/through/{number}").status_code == 404


def test_the_download_holds_what_is_shown(asha: Client, groupcall: App) -> None:
    file = asha.get(f"{DIRECTORY}/list.csv?route=through").content.decode("utf-8-sig").replace('"', "")

    assert "GCSEPod,Soundbite Learning,Teaching and learning,Through a data provider,Groupcall,1,3,1," in file
    assert "Timetabler" not in file
    assert asha.get(f"{DIRECTORY}/list.xlsx").status_code == 200


def test_one_app_takes_as_many_queries_as_many(asha: Client, oakfield: Oakfield, groupcall: App) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert asha.get(DIRECTORY).status_code == 200
        return len(made)

    before = queries()
    for number in range(3):
        ask(add_app(f"App {number}", f"Company {number}"), oakfield.site)
        app_behind(groupcall, f"Behind{number}", "Others")

    assert queries() == before


def test_another_schools_connection_is_not_shown(asha: Client, oakfield: Oakfield) -> None:
    app = add_app("Lunchline", "Lunch Co")
    ask(app, add_school("elmwood"))

    assert "Lunchline has not asked to connect" in asha.get(f"{DIRECTORY}/apps/{app.id}").text
