"""The pages about one's own account: those there are, and those there must not be."""

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from consentry.people.models import User
from tests.world import PASSWORD, add_person, add_school

ABSENT = [
    "email/",
    "signup/",
    "confirm-email/",
    "confirm-email/abc/",
    "login/code/",
    "login/code/confirm/",
    "phone/change/",
    "phone/verify/",
]
PRESENT = [
    "login/",
    "logout/",
    "inactive/",
    "reauthenticate/",
    "password/change/",
    "password/set/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-set-password/",
]


@pytest.fixture
def asha(database: str) -> User:
    return add_person(add_school())


def signed_in(user: User) -> Client:
    """A client in which the person has signed in by the form."""
    client = Client()
    assert client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


@pytest.mark.parametrize("page", ABSENT)
def test_nobody_signs_up_or_changes_an_address(asha: User, page: str) -> None:
    for client in (Client(), signed_in(asha)):
        assert client.get(f"/accounts/{page}").status_code == 404
        assert client.post(f"/accounts/{page}", {"email": "else@example.org", "action_add": ""}).status_code == 404


@pytest.mark.parametrize("page", PRESENT)
def test_every_page_there_is_can_be_shown_to_anybody(asha: User, page: str) -> None:
    for client in (Client(), signed_in(asha)):
        assert client.get(f"/accounts/{page}", follow=True).status_code == 200


def test_no_other_page_of_the_toolkit_is_mounted() -> None:
    mounted = next(each for each in get_resolver().url_patterns if str(each.pattern) == "accounts/")

    assert isinstance(mounted, URLResolver)
    assert len(mounted.url_patterns) == len(PRESENT)


def test_a_person_without_a_password_is_led_to_the_link_by_e_mail(asha: User) -> None:
    client = signed_in(asha)
    asha.set_unusable_password()
    asha.save()
    client.force_login(asha)

    answer = client.get("/accounts/password/change/", follow=True)

    assert answer.redirect_chain[-1][0] == "/accounts/password/reset/"
    assert answer.status_code == 200


def test_a_password_is_changed_and_the_old_one_opens_nothing(asha: User) -> None:
    changing = {"oldpassword": PASSWORD, "password1": "quiet-lantern-orchard", "password2": "quiet-lantern-orchard"}

    assert signed_in(asha).post("/accounts/password/change/", changing).status_code == 302

    login = {"login": asha.email, "password": PASSWORD}
    assert Client().post("/accounts/login/", login).status_code == 200
    assert Client().post("/accounts/login/", login | {"password": "quiet-lantern-orchard"}).status_code == 302
