"""A site that has its own identity provider come for somebody of another site learns and changes nothing elsewhere."""

import pytest
from django.test import Client
from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.people.actions.ask_email_change import ask_email_change
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.models import Session, SignIn, User
from consentry.schools.models import Site
from tests.project.sign_in.coming_in import enter_password, signed_in
from tests.project.sign_in.conftest import SsoSchool
from tests.project.sign_in.saml_provider import SamlBrowser, SamlProvider
from tests.project.sign_in.saml_school import SAML, idp, school, server
from tests.world import NOW, account_of, add_person, add_school

__all__ = ["idp", "school", "server"]  # fixtures
HERE, THERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def elmwood(database: str) -> Site:
    return add_school("elmwood")


@pytest.fixture
def vera(elmwood: Site, school: SsoSchool, idp: SamlProvider) -> User:
    """Of Elmwood. Oakfield has added her by her address, and its provider says that it is her."""
    vera = add_person(elmwood, "Vera Elm", email="vera@elmwood.example")
    invite_user(school.site, Invited(vera.email, "Whoever"), by=OPERATOR, at=NOW)
    idp.knows("v-1", email=vera.email)
    return vera


@pytest.fixture
def forged(vera: User) -> Client:
    """The browser of whoever runs Oakfield."""
    browser = SamlBrowser()
    browser.sign_in(SAML, "v-1")
    assert browser.client.get("/oakfield/").status_code == 200
    return browser.client


def told(site: Site, user: User) -> list[tuple[str, str]]:
    rows = SignIn.objects.filter(school=site, account=account_of(user, site), is_told=True).order_by("id")
    return [(row.provider, row.outcome) for row in rows]


def test_it_sees_none_of_their_sign_ins_elsewhere(vera: User, school: SsoSchool, forged: Client) -> None:
    signed_in(vera, REMOTE_ADDR=THERE).get("/elmwood/", REMOTE_ADDR=THERE)

    page = forged.get("/oakfield/own-sign-ins")

    assert page.text.count('data-label="Outcome"') == 1
    assert THERE not in page.text
    assert "sign in with your password to see the others" in page.text
    assert "to see the others" not in signed_in(vera).get("/oakfield/own-sign-ins").text


def test_nor_is_it_told_of_those_that_come_then(vera: User, school: SsoSchool, forged: Client) -> None:
    enter_password(Client(), vera.email, "wrong-password-here")
    client = signed_in(vera, REMOTE_ADDR=THERE)
    assert told(school.site, vera) == [("saml", "signed_in")]

    client.get("/oakfield/", REMOTE_ADDR=HERE)
    enter_password(Client(), vera.email, "wrong-password-here")
    assert told(school.site, vera)[1:] == [("password", "signed_in"), ("password", "wrong_password")], "she came"


@pytest.mark.parametrize("act", ["name", "email", "email/cancel", "sign-out"])
def test_it_changes_nothing_that_their_sites_share(vera: User, school: SsoSchool, forged: Client, act: str) -> None:
    at_elmwood = signed_in(vera)
    at_elmwood.get("/elmwood/")
    path = f"/oakfield/users/{account_of(vera, school.site).id}/{act}"
    token = forged.get("/oakfield/").context["csrf_token"]

    answer = forged.post(
        path, {"csrfmiddlewaretoken": str(token), "name": "Mallory", "new_email": "m@oakfield.example"}
    )

    assert answer.status_code == 403
    assert "sign in with your password" in answer.text
    vera.refresh_from_db()
    assert vera.name == "Vera Elm"
    assert Session.objects.filter(user=vera).count() == 2
    assert at_elmwood.get("/elmwood/").status_code == 200


def test_it_is_not_told_the_address_that_another_site_has_asked_for(
    vera: User, elmwood: Site, school: SsoSchool, forged: Client
) -> None:
    ask_email_change(elmwood, account_of(vera, elmwood).id, "vera.new@elmwood.example", by=OPERATOR, at=timezone.now())

    page = forged.get(f"/oakfield/users/{account_of(vera, school.site).id}")

    assert "A change of email is underway" in page.text
    assert "vera.new@elmwood.example" not in page.text


def test_who_belongs_to_that_one_site_changes_their_own_name_and_it_is_told_of_all(
    school: SsoSchool, idp: SamlProvider
) -> None:
    browser = SamlBrowser()
    browser.sign_in(SAML, "p-1")
    client = browser.client
    client.get("/oakfield/")
    path = f"/oakfield/users/{school.account.id}/name"
    token = client.get(path).context["csrf_token"]

    assert client.post(path, {"csrfmiddlewaretoken": str(token), "name": "Asha Rao"}).status_code == 303
    school.asha.refresh_from_db()
    assert school.asha.name == "Asha Rao"

    enter_password(Client(), school.asha.email, "wrong-password-here")
    assert told(school.site, school.asha) == [("saml", "signed_in"), ("password", "wrong_password")]
