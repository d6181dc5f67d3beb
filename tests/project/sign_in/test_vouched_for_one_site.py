"""An identity provider's word counts at its own site alone: whoever runs that site chooses whom it finds."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from consentry.audit.actor import OPERATOR
from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.actions.remove_identity_provider import remove_identity_provider
from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.models import SignIn
from consentry.people.provider_details import ProviderDetails
from consentry.rules.identity_providers import Vouching
from consentry.schools.models import Site
from tests.project.sign_in.conftest import SsoSchool, with_sso
from tests.project.sign_in.openid_provider import AUTHLIB_WARNS, Browser, OpenIdProvider
from tests.world import NOW, PASSWORD, account_of, add_person, add_school, add_trust, give_schools

pytestmark = AUTHLIB_WARNS

ASHA = "asha@oakfield.example"


@pytest.fixture
def meadow(oakfield: SsoSchool) -> Site:
    """Another school where Asha has an account of her own, under the same e-mail."""
    site = add_school("meadow")
    add_person(site, "Sam Cole")
    invite_user(site, Invited(ASHA, "Asha"), by=OPERATOR, at=NOW)
    return site


@pytest.fixture
def browser(oakfield: SsoSchool, openid: OpenIdProvider) -> Browser:
    """Asha's, where she has come to Oakfield through Google."""
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()
    browser.sign_in(oakfield.google, "g-1")
    return browser


def status(browser: Browser, address: str) -> tuple[int, str]:
    answer = browser.client.get(address)
    return answer.status_code, answer.headers.get("Location", "")


def test_the_person_is_at_their_site_and_at_no_other(meadow: Site, browser: Browser) -> None:
    assert status(browser, "/oakfield/")[0] == 200
    assert status(browser, "/meadow/partner-apps/pending") == (
        302,
        "/meadow/sign-in?next=/meadow/partner-apps/pending",
    )
    assert browser.client.post("/meadow/notifications").status_code == 302
    assert status(browser, "/") == (302, "/oakfield/")
    assert not SignIn.objects.filter(school=meadow).exists()


def test_at_the_other_site_they_are_told_to_sign_out_first(meadow: Site, browser: Browser) -> None:
    page = browser.client.get("/meadow/sign-in?next=/meadow/notifications").content.decode()
    assert "another site’s identity provider" in page
    assert 'value="/meadow/sign-in?next=/meadow/notifications"' in page

    out = browser.client.post("/accounts/logout/", {"next": "/meadow/sign-in?next=/meadow/notifications"})

    assert out["Location"] == "/meadow/sign-in?next=/meadow/notifications"
    assert "email and password" in browser.client.get(out["Location"]).content.decode()


def test_with_their_password_they_are_at_both(meadow: Site, oakfield: SsoSchool) -> None:
    browser = Browser()
    browser.client.post("/accounts/login/", {"login": ASHA, "password": PASSWORD})

    assert [status(browser, address)[0] for address in ("/oakfield/", "/meadow/")] == [200, 200]


def test_signing_in_through_a_provider_takes_the_place_of_the_password(
    meadow: Site, oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()
    browser.client.post("/accounts/login/", {"login": ASHA, "password": PASSWORD})

    browser.sign_in(oakfield.google, "g-1")

    assert [status(browser, address)[0] for address in ("/oakfield/", "/meadow/")] == [200, 302]


def test_the_word_of_a_provider_that_was_removed_counts_no_longer(oakfield: SsoSchool, browser: Browser) -> None:
    remove_identity_provider(oakfield.site, Vouching.GOOGLE, by=oakfield.account, at=NOW)

    assert status(browser, "/oakfield/") == (302, "/oakfield/sign-in?next=/oakfield/")


def test_who_came_in_stays_when_single_sign_on_is_switched_off(oakfield: SsoSchool, browser: Browser) -> None:
    oakfield.sets(sso_on=False)

    assert status(browser, "/oakfield/")[0] == 200
    assert Browser().client.get("/oakfield/")["Location"] == "/accounts/login/?next=/oakfield/"


def test_a_trusts_provider_opens_the_trust_and_the_schools_its_people_enter(
    database: str, openid: OpenIdProvider
) -> None:
    trust = add_trust()
    school = add_school("oakfield", trust=trust)
    lee = add_person(trust, "Lee Grant", "Trust Administrator", email="lee@harbour.example")
    give_schools(lee, trust, school)
    invite_user(school, Invited("lee@harbour.example", "Lee"), by=OPERATOR, at=NOW)
    google = ProviderDetails(Vouching.GOOGLE, "harbour-client", "google-says")
    set_identity_provider(trust, google, by=account_of(lee, trust), at=NOW)
    change_sign_in_settings(trust, SignInSwitches(sso_on=True), by=account_of(lee, trust), at=NOW)
    openid.knows("g-lee", email="lee@harbour.example", email_verified=True)
    browser = Browser()
    browser.sign_in("harbour-trust-google-1", "g-lee")

    assert status(browser, "/oakfield/")[0] == 302  # their own account there is not the trust's to open
    entered = browser.client.post("/harbour-trust/schools/oakfield/sign-in")

    assert entered.status_code == 303
    assert status(browser, "/oakfield/")[0] == 200


def test_who_has_no_password_adds_no_second_factor_before_they_have_set_one(
    oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    """A passkey would open accounts at other sites, now or later, on the word of this site's provider."""
    invite_user(oakfield.site, Invited("tom@oakfield.example", "Tom Reed"), by=OPERATOR, at=NOW)
    openid.knows("g-tom", email="tom@oakfield.example", email_verified=True)
    browser = Browser()
    browser.sign_in(oakfield.google, "g-tom")

    for address in ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"):
        for answer in (browser.client.get(address), browser.client.post(address, {"code": "123456"})):
            assert answer.status_code == 403
            assert "Set a password first" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_who_has_a_password_is_asked_for_it_before_they_add_one(oakfield: SsoSchool, browser: Browser) -> None:
    answer = browser.client.get("/accounts/2fa/totp/activate/")

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/reauthenticate/")


def test_a_sites_own_page_offers_its_own_providers_and_the_password(oakfield: SsoSchool) -> None:
    """Single sign-on of a site is a provider of its own, and only that site's are offered there."""
    with_sso("meadow")

    page = Client().get("/oakfield/sign-in?next=/oakfield/notifications").content.decode()

    assert "Sign in to Oakfield School" in page
    assert '/accounts/sso/oakfield-google-1/login/?next=%2Foakfield%2Fnotifications"' in page
    assert "/accounts/sso/oakfield-microsoft-1/login/" in page
    assert "meadow" not in page
    assert '/accounts/login/?next=%2Foakfield%2Fnotifications"' in page


def test_a_site_without_single_sign_on_offers_the_password(database: str) -> None:
    add_school("oakfield")

    page = Client().get("/oakfield/sign-in").content.decode()

    assert "Sign in with email and password" in page
    assert "/accounts/sso/" not in page
    assert Client().get("/nowhere/sign-in").status_code == 404


def test_the_general_page_offers_none_and_says_where_to_go(oakfield: SsoSchool) -> None:
    page = Client().get("/accounts/login/").content.decode()

    assert "/accounts/sso/" not in page
    assert "Go to your school’s own address" in page


def test_who_is_not_signed_in_goes_to_the_page_of_the_site_they_want(oakfield: SsoSchool) -> None:
    add_school("meadow")
    asked = {
        "/oakfield/notifications": "/oakfield/sign-in?next=/oakfield/notifications",
        "/meadow/notifications": "/accounts/login/?next=/meadow/notifications",
        "/nowhere/": "/accounts/login/?next=/nowhere/",
    }

    assert {address: Client().get(address)["Location"] for address in asked} == asked


def test_who_is_signed_in_is_led_on_from_the_sign_in_page(oakfield: SsoSchool, browser: Browser) -> None:
    assert status(browser, "/oakfield/sign-in?next=/oakfield/notifications") == (302, "/oakfield/notifications")
    assert status(browser, "/oakfield/sign-in?next=https://evil.example/") == (302, "/oakfield/")
