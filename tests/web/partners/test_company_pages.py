"""A company's own pages: who may open them, what they tell, and what cannot be typed into them."""

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.utils import timezone
from tests.partners.company_world import registered
from tests.project.sign_in.coming_in import signed_in as by_password
from tests.web.conftest import signed_in
from tests.web.partners.conftest import own_app
from tests.world import STUDENTS, add_person, add_school
from tests.world_partners import acts_for

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.accept_company import accept_company
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.actions.remove_member import remove_member
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App, AppKind, Company, CompanyMember, Credential
from consentry.rules.company_life import CompanyState
from consentry.rules.company_roles import CompanyRole

PAGES = ["/", "/apps", "/apps/new", "/sandbox", "/details", "/details/edit", "/members", "/members/invite", "/history"]
OF_APP = ["", "/edit", "/logo", "/secrets", "/schools", "/console", "/submit"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_its_own_people_and_for_nobody_else(client: Client, home: str, page: str) -> None:
    """Bad input: other companies' ids are the same 404 as ids that do not exist."""
    stranger = signed_in(registered("Other Ltd", "sam@other.example", "Sam Fox").user)

    assert client.get(f"{home}{page}").status_code == 200
    assert stranger.get(f"{home}{page}").status_code == stranger.get(f"/partners/999999{page}").status_code == 404
    assert Client().get(f"{home}{page}").status_code == 302


@pytest.mark.parametrize("page", OF_APP)
def test_every_page_of_an_app_is_its_own_companys(client: Client, home: str, app: App, page: str) -> None:
    other = registered("Other Ltd", "sam@other.example", "Sam Fox")
    theirs = own_app(other, "Otherwise")

    assert client.get(f"{home}/apps/{app.id}{page}").status_code == 200
    assert client.get(f"{home}/apps/{theirs.id}{page}").status_code == 404
    assert client.post(f"{home}/apps/{theirs.id}{page}", {"name": "x"}).status_code in {404, 405}
    assert client.get(f"{home}/apps/99999999999999999999{page}").status_code == 404


def test_a_member_removed_mid_way_is_refused_at_the_next_click(
    jo: CompanyMember, dev: CompanyMember, home: str, app: App
) -> None:
    """Bad input: a company member removed mid-way."""
    person = add_person(add_school())
    asha = acts_for(jo.company, person, CompanyRole.DEVELOPER, at=timezone.now())
    theirs, ashas = signed_in(dev.user), signed_in(person)
    for each in (theirs, ashas):
        assert each.get(f"{home}/apps/{app.id}/edit").status_code == 200

    for member in (dev, asha):
        remove_member(member.id, by=jo, at=timezone.now())

    assert ashas.post(f"{home}/apps/{app.id}/secrets/issue").status_code == 404
    assert ashas.get(f"{home}/").status_code == 404
    signed_out = theirs.post(f"{home}/apps/{app.id}/secrets/issue")
    assert signed_out["Location"].startswith("/accounts/login/")
    assert not Credential.objects.exists()


def test_a_reader_sees_everything_and_changes_nothing(reader: CompanyMember, home: str, app: App) -> None:
    client = signed_in(reader.user)

    page = client.get(f"{home}/apps").text
    assert "you need to be Administrator or Developer of Acme Ltd" in page
    assert client.post(f"{home}/apps/new", {}).status_code == 403
    answer = client.post(f"{home}/apps/{app.id}/secrets/issue")
    assert answer.status_code == 403
    assert "An Administrator can make you one." in answer.text


def test_a_developer_builds_and_does_not_change_the_company(dev: CompanyMember, home: str, app: App) -> None:
    client = signed_in(dev.user)

    assert client.get(f"{home}/apps/{app.id}/edit").status_code == 200
    assert client.get(f"{home}/details/edit").status_code == 403
    assert client.get(f"{home}/members/invite").status_code == 403


def test_an_accepted_companys_people_use_a_second_factor_and_its_readers_need_not(
    jo: CompanyMember, reader: CompanyMember, home: str
) -> None:
    accept_company(jo.company_id, by=OPERATOR, at=timezone.now())

    answer = signed_in(jo.user).get(f"{home}/", follow=True)

    assert "asks for a second factor" in answer.text
    assert signed_in(reader.user).get(f"{home}/").status_code == 200


def test_details_are_changed_and_the_history_tells_by_whom(client: Client, home: str) -> None:
    """Issue: audit trail."""
    shown = client.get(f"{home}/details/edit").context["form"].initial
    answer = client.post(f"{home}/details/edit", shown | {"privacy_notice": "https://acme.example/new"}, follow=True)

    assert "https://acme.example/new" in answer.text
    history = client.get(f"{home}/history").text
    assert "Acme Ltd: privacy notice" in history
    assert "Jo Bell of Acme Ltd" in history
    assert b"Company details changed" in client.get(f"{home}/history/list.csv").content
    assert client.get(f"{home}/history/list.xlsx").status_code == 200


def test_saving_what_is_there_already_changes_nothing(client: Client, home: str) -> None:
    shown = client.get(f"{home}/details/edit").context["form"].initial

    client.post(f"{home}/details/edit", shown)

    assert "Company details changed" not in client.get(f"{home}/history").text


def test_another_companys_name_cannot_be_taken(client: Client, home: str) -> None:
    registered("Other Ltd", "sam@other.example", "Sam Fox")
    shown = client.get(f"{home}/details/edit").context["form"].initial

    answer = client.post(f"{home}/details/edit", shown | {"name": "OTHER LTD"})

    assert "There is a company called OTHER LTD already." in answer.text


NEW = {
    "name": "Timetabler",
    "description": "Makes timetables.\r\nFor schools.",
    "category": "timetabling",
    "contact_email": "help@acme.example",
    "website": "https://acme.example/app",
    "countries": "United Kingdom\r\nireland, US\r\nCôte d'Ivoire",
    "retention": "30 days",
    "kind": "direct",
}


def test_an_app_is_described_and_works_at_no_live_site_yet(client: Client, home: str) -> None:
    """Issue: describe an app, countries where data goes, retention."""
    answer = client.post(f"{home}/apps/new", NEW)

    app = App.objects.get()
    assert answer["Location"] == f"{home}/apps/{app.id}"
    assert (app.stage, app.is_live, app.kind) == ("draft", False, "direct")
    assert app.countries == ["CI", "GB", "IE", "US"]
    page = client.get(f"{home}/apps/{app.id}").text
    assert "Côte d" in page
    assert "Publish what it asks for first." in page


WRONG = [
    ({"name": ""}, "Enter the name of the app."),
    ({"countries": "Atlantis"}, "“Atlantis” is not a country we know"),
    ({"countries": ""}, "Name the countries"),
    ({"category": "spying"}, "Select a valid choice"),
    ({"website": "http://acme.example"}, "Website of the app is not an address"),
    ({"retention": ""}, "how long"),
    ({"kind": "aggregator"}, "Select a valid choice"),
    ({"description": "a\0b"}, "Null characters"),
    ({"countries": "x" * 5000}, "at most 4000"),
]


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_what_cannot_be_said_of_an_app_is_said_at_its_field(
    client: Client, home: str, typed: dict[str, str], said: str
) -> None:
    answer = client.post(f"{home}/apps/new", NEW | typed)

    assert answer.status_code == 200
    assert said in answer.text
    assert not App.objects.exists()


def test_two_apps_never_have_one_name(client: Client, home: str, app: App) -> None:
    assert (
        "There is an app called TIMETABLER already."
        in client.post(f"{home}/apps/new", NEW | {"name": "TIMETABLER"}).text
    )


def test_an_app_is_put_before_the_operator_once_it_has_published(client: Client, home: str, app: App) -> None:
    early = client.post(f"{home}/apps/{app.id}/submit")
    assert "Publish what it asks of schools first" in early.text

    publish_version(app, [STUDENTS], note="First", by=OPERATOR, at=timezone.now())
    client.post(f"{home}/apps/{app.id}/submit")

    assert App.objects.get(id=app.id).stage == "submitted"
    assert "The operator has it since" in client.get(f"{home}/apps/{app.id}").text
    assert "cannot be done from where the app stands" in client.post(f"{home}/apps/{app.id}/submit").text


def test_an_app_that_changes_is_shown_so_from_then_on(client: Client, home: str, app: App) -> None:
    shown = client.get(f"{home}/apps/{app.id}/edit").context["form"].initial

    client.post(f"{home}/apps/{app.id}/edit", shown | {"description": "Makes rotas.", "countries": "Ireland"})

    changed = App.objects.get(id=app.id)
    assert (changed.description, changed.countries, changed.name) == ("Makes rotas.", ["IE"], "Timetabler")
    assert "Timetabler: description, countries" in client.get(f"{home}/history").text


def test_the_page_of_a_sandbox_tells_how_far_it_is(client: Client, home: str) -> None:
    page = client.get(f"{home}/sandbox")
    part = client.get(f"{home}/sandbox", headers={"HX-Request": "true"})

    assert "0 of 5 steps done" in page.text
    assert "every 2s" in part.text
    assert "<html" not in part.text


def test_somebody_with_a_site_and_a_company_chooses(jo: CompanyMember) -> None:
    person = add_person(add_school(), "Asha Patel")
    assert signed_in(person).get("/").status_code == 302
    assert "Acme Ltd" in signed_in(jo.user).get("/").text


def test_a_data_provider_is_marked_and_says_what_it_may_not(client: Client, home: str, jo: CompanyMember) -> None:
    """Issue: data providers: marked as such; read-only whatever they ask for."""
    bridge = own_app(jo, "Data Bridge", AppKind.DATA_PROVIDER)

    page = client.get(f"{home}/apps/{bridge.id}/behind").text

    assert "Data provider" in client.get(f"{home}/apps").text
    assert "A data provider may only read" in page


def test_the_states_of_a_company_are_told(client: Client, home: str, jo: CompanyMember) -> None:
    assert jo.company.state == CompanyState.WAITING
    assert "The operator has not looked at your company yet" in client.get(f"{home}/").text
    assert Company.objects.get().state == "waiting"


def test_saving_an_app_as_it_is_changes_nothing(client: Client, home: str, app: App) -> None:
    shown = client.get(f"{home}/apps/{app.id}/edit").context["form"].initial

    assert client.post(f"{home}/apps/{app.id}/edit", shown).status_code == 303
    assert "App changed" not in client.get(f"{home}/history").text


def test_what_the_operator_says_of_an_app_stands_on_its_page(client: Client, home: str, app: App) -> None:
    suspend_app(app, by=OPERATOR, at=timezone.now())

    page = client.get(f"{home}/apps/{app.id}").text
    assert "The operator has suspended this app" in page
    assert "it opens nothing before they let it go on" in page
    assert "Suspended by the operator" in client.get(f"{home}/apps").text


def test_a_sites_single_sign_on_opens_no_company(jo: CompanyMember, home: str) -> None:
    """Whoever runs a site says whom its provider vouches for: its word counts there alone."""
    client = by_password(jo.user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] += [
        {"method": "socialaccount", "provider": "google-1", "uid": "7", "at": 0}
    ]
    session.save()

    answer = client.get(f"{home}/")

    assert answer.status_code == 403
    assert "counts at that site alone" in answer.text
    assert "Acme Ltd" not in client.get("/partners/").text
