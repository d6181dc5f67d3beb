"""Answers of single sign-on that are replayed, mixed up, stolen or late: a clear page, and nobody is signed in."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from consentry.audit.actor import OPERATOR
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.actions.remove_identity_provider import remove_identity_provider
from consentry.rules.identity_providers import Vouching
from tests.project.sign_in.conftest import SsoSchool, with_sso
from tests.project.sign_in.openid_provider import AUTHLIB_WARNS, Browser, OpenIdProvider
from tests.world import NOW

pytestmark = AUTHLIB_WARNS

ASHA = "asha@oakfield.example"
STALE = "This sign-in is no longer good"


@pytest.fixture
def back(oakfield: SsoSchool, openid: OpenIdProvider) -> tuple[Browser, str]:
    """Asha's browser, and the address by which the provider sends it back."""
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()
    return browser, browser.consent(browser.leave(oakfield.google), "g-1")


def test_an_answer_counts_once(back: tuple[Browser, str]) -> None:
    browser, address = back
    assert browser.client.get(address).status_code == 302
    browser.client.post("/accounts/logout/")

    again = browser.client.get(address)

    assert (again.status_code, STALE in again.content.decode()) == (400, True)
    assert not browser.is_signed_in


def test_a_stolen_answer_counts_in_no_other_browser(back: tuple[Browser, str], oakfield: SsoSchool) -> None:
    """A state of another session, with and without one of its own."""
    stranger, begun = Browser(), Browser()
    begun.leave(oakfield.google)

    for browser in (stranger, begun):
        answer = browser.client.get(back[1])
        assert (answer.status_code, STALE in answer.content.decode()) == (400, True)
        assert not browser.is_signed_in


def test_a_stolen_code_put_into_ones_own_answer_is_refused_by_the_nonce(
    back: tuple[Browser, str], oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    """RFC 9700, 4.5: the thief's own state with the code of somebody else."""
    thief = Browser()
    own = thief.consent(thief.leave(oakfield.google), "g-thief")
    stolen = back[1].partition("code=")[2].partition("&")[0]
    kept = own.partition("code=")[2].partition("&")[0]

    answer = thief.client.get(own.replace(kept, stolen))

    assert (answer.status_code, STALE in answer.content.decode()) == (400, True)
    assert not thief.is_signed_in
    assert not SocialAccount.objects.exists()


def test_the_provider_of_one_site_answers_nothing_at_another(back: tuple[Browser, str], oakfield: SsoSchool) -> None:
    """An SSO response for another site."""
    meadow = with_sso("meadow")
    browser, address = back

    for other in (meadow.google, oakfield.microsoft):
        answer = browser.client.get(address.replace(oakfield.google, other))
        assert (answer.status_code, STALE in answer.content.decode()) == (400, True)
        assert not browser.is_signed_in
    assert meadow.outcomes() == []


@pytest.mark.parametrize(
    "says",
    [
        {"iss": "https://accounts.google.com.evil.example"},
        {"iss": ["x"]},
        {"aud": "meadow-client"},
        {"aud": ["meadow-client", "oakfield-client"]},
        {"aud": ["oakfield-client", "meadow-client"], "azp": "meadow-client"},
        {"exp": 1_500_000_000},
        {"exp": "soon"},
        {"nbf": 4_000_000_000},
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": 7},
    ],
)
def test_an_id_token_that_was_not_made_for_this_sign_in_is_refused(
    oakfield: SsoSchool, openid: OpenIdProvider, says: dict[str, object]
) -> None:
    openid.knows("g-1", email=ASHA, email_verified=True, **says)
    browser = Browser()

    answer = browser.sign_in(oakfield.google, "g-1")

    assert answer.status_code in (400, 502)
    assert not browser.is_signed_in
    assert oakfield.outcomes() == []


@pytest.mark.parametrize("subject", ["x" * 192, "a b", "a\x7fb", "a\u202eb"])
def test_a_subject_that_cannot_be_kept_is_refused(oakfield: SsoSchool, openid: OpenIdProvider, subject: str) -> None:
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()

    answer = browser.sign_in(oakfield.google, subject)

    assert answer.status_code in (403, 502)
    assert not browser.is_signed_in


def test_who_cancels_at_the_provider_is_led_back(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    browser = Browser()
    address = browser.leave(oakfield.google)
    state = address.partition("state=")[2].partition("&")[0]
    callback = f"/accounts/sso/{oakfield.google}/login/callback/"

    answer = browser.client.get(callback, {"error": "access_denied", "state": state})

    assert (answer.status_code, "You cancelled it at Google" in answer.content.decode()) == (403, True)
    assert "/oakfield/sign-in" in answer.content.decode()


def test_what_a_provider_or_a_stranger_writes_into_an_error_is_not_shown(
    oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    browser = Browser()
    state = browser.leave(oakfield.google).partition("state=")[2].partition("&")[0]
    sent = {"error": "call 0900 123", "error_description": "call 0900 123", "state": state}

    answer = browser.client.get(f"/accounts/sso/{oakfield.google}/login/callback/", sent)

    assert (answer.status_code, "Google did not sign you in" in answer.content.decode()) == (403, True)
    assert "0900" not in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=x",
        "?state=x",
        "?code=x&state=" + "s" * 5000,
        "?code=%FF&state=%F0%9F%92%A9",
        "?state=a&state=b&code=c",
    ],
)
def test_an_answer_that_nobody_asked_for_gets_a_clear_page(
    oakfield: SsoSchool, openid: OpenIdProvider, query: str
) -> None:
    answer = Browser().client.get(f"/accounts/sso/{oakfield.google}/login/callback/{query}")

    assert (answer.status_code, STALE in answer.content.decode()) == (400, True)


def test_what_is_not_offered_is_not_found(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    browser = Browser()
    address = browser.consent(browser.leave(oakfield.google), "g-1")
    oakfield.sets(sso_on=False)

    answers = [
        browser.client.get(address),
        browser.client.post(f"/accounts/sso/{oakfield.google}/login/"),
        browser.client.post("/accounts/sso/nobody-google-1/login/"),
        browser.client.get("/accounts/sso/openid_connect/login/callback/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert "Single sign-on has changed here" in answers[0].content.decode()


def test_nobody_is_sent_to_a_provider_by_another_page(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    """A link leads to the site's own sign-in page; a form of another service is refused."""
    address = f"/accounts/sso/{oakfield.google}/login/"

    assert Client().get(address)["Location"] == "/oakfield/sign-in"
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert Client().put(address).status_code == 405


@pytest.mark.parametrize("path", ["connections/", "", "signup/", "social/", "login/cancelled/"])
def test_nothing_connects_or_disconnects_a_social_account(
    oakfield: SsoSchool, openid: OpenIdProvider, path: str
) -> None:
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()
    browser.sign_in(oakfield.google, "g-1")

    for base in ("/accounts/sso/", "/accounts/social/", "/accounts/3rdparty/"):
        assert browser.client.get(base + path).status_code == 404


def test_the_session_that_leaves_is_not_the_one_that_is_signed_in(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    """Session fixation."""
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()
    address = browser.leave(oakfield.google)
    planted = browser.client.cookies["session"].value

    browser.client.get(browser.consent(address, "g-1"))

    assert browser.is_signed_in
    assert browser.client.cookies["session"].value != planted


def test_who_is_signed_in_as_somebody_else_is_signed_in_anew(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()
    browser.sign_in(oakfield.google, "g-1")
    invite_user(oakfield.site, Invited("tom@oakfield.example", "Tom Reed"), by=OPERATOR, at=NOW)
    openid.knows("g-2", email="tom@oakfield.example", email_verified=True)

    browser.sign_in(oakfield.google, "g-2")

    assert browser.client.session["_auth_user_id"] != str(oakfield.asha.id)


def test_an_address_that_asks_again_and_again_has_to_wait(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    browser = Browser()
    address = f"/accounts/sso/{oakfield.google}/login/"

    answers = [browser.client.post(address, REMOTE_ADDR="192.0.2.9").status_code for _ in range(121)]

    cache.clear()
    assert answers[:120] == [200] * 120
    assert answers[120] == 429


def test_another_client_takes_nobody_over_from_the_one_before(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    """What an issuer said of a subject is never read as another's word."""
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()
    browser.sign_in(oakfield.google, "g-1")
    remove_identity_provider(oakfield.site, Vouching.GOOGLE, by=oakfield.account, at=NOW)

    ended = browser.client.get("/oakfield/partner-apps/pending")

    assert (ended.status_code, ended["Location"].partition("?")[0]) == (302, "/oakfield/sign-in")
