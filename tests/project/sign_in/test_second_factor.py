"""Second factors: asked for at sign-in, secret at rest, changed only by who has just proved that it is them."""

from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from consentry.people.models import SignIn, User
from tests.project.sign_in.coming_in import (
    code_of,
    confirm_password,
    enter_password,
    recovery_codes,
    set_up_app,
    signed_in,
    with_app,
)
from tests.world import add_person, add_school

STEP = "/accounts/2fa/authenticate/"


@pytest.fixture
def asha(database: str) -> User:
    return add_person(add_school())


def half_way(user: User) -> Client:
    """A browser in which the person has given their password and nothing more."""
    client = Client(raise_request_exception=False)
    assert enter_password(client, user.email)["Location"] == STEP
    return client


def is_in(client: Client) -> bool:
    return client.get("/oakfield/").status_code == 200


def test_who_has_one_is_not_signed_in_by_the_password_alone(asha: User) -> None:
    with_app(asha)

    assert not is_in(half_way(asha))


def test_an_authenticator_app_lets_them_in(asha: User) -> None:
    """Issue: authenticator app."""
    secret = with_app(asha)
    client = half_way(asha)

    answer = client.post(STEP, {"code": code_of(secret)})

    assert answer["Location"] == "/"
    assert is_in(client)


def test_a_code_lets_in_once(asha: User) -> None:
    secret = with_app(asha)
    code = code_of(secret)
    half_way(asha).post(STEP, {"code": code})
    thief = half_way(asha)

    assert "Incorrect code" in thief.post(STEP, {"code": code}).text
    assert not is_in(thief)


def test_a_recovery_code_lets_in_once(asha: User) -> None:
    """Issue: recovery codes."""
    with_app(asha)
    code = recovery_codes(asha)[0]
    first, second = half_way(asha), half_way(asha)

    first.post(STEP, {"code": code})
    second.post(STEP, {"code": code})

    assert is_in(first)
    assert not is_in(second)
    assert code not in recovery_codes(asha)


def test_after_sign_in_they_are_where_they_wanted_to_be(asha: User) -> None:
    secret = with_app(asha)
    client = Client()
    sent = {"login": asha.email, "password": "calm-register-harbour", "next": "/oakfield/notifications"}
    client.post("/accounts/login/", sent)

    assert client.post(STEP, {"code": code_of(secret)})["Location"] == "/oakfield/notifications"


def test_what_is_secret_of_a_second_factor_is_not_in_the_database(asha: User) -> None:
    secret = with_app(asha)
    codes = recovery_codes(asha)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_codes_that_no_key_opens_any_more_are_an_error_of_the_form(asha: User, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = with_app(asha)
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, field_keys=("another-key" * 9,)))
    client = half_way(asha)

    answer = client.post(STEP, {"code": code_of(secret)})

    assert answer.status_code == 200
    assert "Your codes cannot be checked just now" in answer.text
    assert not is_in(client)


def test_the_key_of_the_session_changes_with_the_password_and_with_the_second_factor(asha: User) -> None:
    """Issue: session fixation."""
    secret = with_app(asha)
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", HTTP_ACCEPT="application/json")  # a session of nobody
    keys = [client.cookies["session"].value]

    enter_password(client, asha.email)
    keys.append(client.cookies["session"].value)
    client.post(STEP, {"code": code_of(secret)})
    keys.append(client.cookies["session"].value)

    assert len(set(keys)) == 3
    for old in keys[:2]:
        planted = Client()
        planted.cookies["session"] = old
        assert not is_in(planted)
        assert planted.get(STEP)["Location"] == "/accounts/login/"
    assert is_in(client)


CHANGES = [
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/generate/",
]


@pytest.mark.parametrize("path", CHANGES)
def test_who_changes_how_they_sign_in_confirms_that_it_is_them(asha: User, path: str) -> None:
    client = signed_in(asha)

    for answer in (client.get(path), client.post(path, {})):
        assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert Authenticator.objects.count() == 0


def test_an_app_is_removed_by_who_has_just_confirmed(asha: User) -> None:
    client = signed_in(asha)
    set_up_app(client)
    later = Client()
    enter_password(later, asha.email)
    later.post(STEP, {"code": recovery_codes(asha)[0]})

    assert later.post("/accounts/2fa/totp/deactivate/")["Location"].startswith("/accounts/reauthenticate/")
    confirm_password(later)
    assert later.post("/accounts/2fa/totp/deactivate/")["Location"] == "/accounts/2fa/"
    assert Authenticator.objects.count() == 0, "recovery codes go with the last factor"


def test_a_guesser_of_codes_is_slowed_down_and_the_right_code_does_not_help_them_then(asha: User) -> None:
    """Issue: rate limits on every door."""
    secret = with_app(asha)
    cache.clear()
    client = half_way(asha)
    pages = [client.post(STEP, {"code": "000000"}).text for _ in range(11)]

    assert "Incorrect code" in pages[0]
    assert "Too many wrong codes" in pages[-1]
    assert SignIn.objects.filter(outcome="wrong_second_factor").count() == 10
    right = recovery_codes(asha)[0]
    assert "Too many wrong codes" in client.post(STEP, {"code": right}).text
    assert secret


def test_nobody_half_way_opens_anything_else(asha: User) -> None:
    with_app(asha)
    client = half_way(asha)

    for path in ("/", "/oakfield/", "/accounts/2fa/", "/accounts/password/change/", *CHANGES):
        assert client.get(path)["Location"].startswith(("/accounts/login/", "/accounts/reauthenticate/", STEP))


def test_a_passkey_is_good_for_the_configured_address_whatever_host_is_sent(
    asha: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["evil.example", "127.0.0.1"])

    asked = (
        Client().get("/accounts/2fa/webauthn/login/", HTTP_ACCEPT="application/json", HTTP_HOST="evil.example").json()
    )

    assert asked["request_options"]["publicKey"]["rpId"] == "127.0.0.1"


def test_passkeys_have_names_that_tell_them_apart(asha: User) -> None:
    client = signed_in(asha)
    confirm_password(client)

    assert client.get("/accounts/2fa/webauthn/add/").context["form"].initial["name"] == "Passkey"


@pytest.mark.parametrize(
    ("address", "has"),
    [
        ("https://consentry.example.org", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("http://consentry.example.org", False),
        ("https://192.0.2.7", False),
        ("https://[2001:db8::1]", False),
    ],
)
def test_passkeys_are_offered_where_browsers_have_them(address: str, *, has: bool) -> None:
    assert replace(settings.CONFIG, base_url=address).can_use_passkeys is has
