"""Data providers declare the apps behind them, and schools see those."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.partners.company_world import registered
from tests.web.conftest import signed_in
from tests.web.partners.conftest import own_app
from tests.world import STUDENTS, add_person, add_school, ask
from tests.world_partners import accepted

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.add_app_behind import NewAppBehind, add_app_behind
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.models import App, AppBehind, AppKind, CompanyMember
from consentry.rules.app_life import Category
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Life

BEHIND = {
    "name": "Lunchline",
    "company": "Lunch Co",
    "website": "https://lunch.example",
    "category": "catering",
}


@pytest.fixture
def bridge(jo: CompanyMember) -> App:
    return own_app(jo, "Data Bridge", AppKind.DATA_PROVIDER)


def test_a_provider_declares_an_app_and_the_school_sees_it_with_the_note(
    client: Client, home: str, bridge: App
) -> None:
    """Issue: a school sees those under the provider, with the note that those are authorised at the provider."""
    client.post(f"{home}/apps/{bridge.id}/behind/add", BEHIND)
    site = add_school(life=Life.DUMMY)
    publish_version(bridge, [STUDENTS], note="First", by=OPERATOR, at=timezone.now())
    connection = ask(accepted(bridge), site)

    page = signed_in(add_person(site)).get(f"/oakfield/partner-apps/{connection.id}").text

    assert "Lunchline" in page
    assert "Lunch Co" in page
    assert "authorise" in page


def test_an_app_that_ended_is_no_longer_shown_and_can_be_declared_again(client: Client, home: str, bridge: App) -> None:
    client.post(f"{home}/apps/{bridge.id}/behind/add", BEHIND)
    number = AppBehind.objects.get().id
    client.post(f"{home}/apps/{bridge.id}/behind/{number}/end")

    assert "Lunchline is no longer listed" in client.get(f"{home}/apps/{bridge.id}/behind").text
    assert "Lunchline" not in client.get(f"{home}/apps/{bridge.id}/behind").text
    assert client.post(f"{home}/apps/{bridge.id}/behind/{number}/end").status_code == 404
    assert client.post(f"{home}/apps/{bridge.id}/behind/add", BEHIND).status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Enter the name of the app."),
        ({"website": "lunch.example"}, "https://"),
        ({"category": ""}, "Choose a category."),
        ({"company": "a\u2028b"}, "cannot be seen"),
    ],
)
def test_what_cannot_be_declared(client: Client, home: str, bridge: App, typed: dict[str, str], said: str) -> None:
    assert said in client.post(f"{home}/apps/{bridge.id}/behind/add", BEHIND | typed).text


def test_one_app_is_declared_once(client: Client, home: str, bridge: App) -> None:
    client.post(f"{home}/apps/{bridge.id}/behind/add", BEHIND)

    assert (
        "LUNCHLINE is declared already."
        in client.post(f"{home}/apps/{bridge.id}/behind/add", BEHIND | {"name": "LUNCHLINE"}).text
    )


def test_a_direct_partner_has_none(client: Client, home: str, app: App, jo: CompanyMember) -> None:
    assert client.get(f"{home}/apps/{app.id}/behind").status_code == 404
    wanted = NewAppBehind("Lunchline", "Lunch Co", "https://lunch.example", Category.CATERING)
    with pytest.raises(InvalidError, match="direct partner"):
        add_app_behind(app.id, wanted, by=jo, at=timezone.now())


def test_another_companys_provider_is_not_there(client: Client, home: str, bridge: App) -> None:
    other = own_app(registered("Other Ltd", "sam@other.example", "Sam Fox"), "Their Bridge", AppKind.DATA_PROVIDER)

    assert client.post(f"{home}/apps/{other.id}/behind/add", BEHIND).status_code == 404
    assert not AppBehind.objects.exists()
