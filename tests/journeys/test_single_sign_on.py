"""A school sets up single sign-on, and its staff sign in through it: in a real browser, at a real OpenID provider."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Oakfield, fill_in, open_context, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, check
from tests.project.sign_in.openid_provider import AUTHLIB_WARNS, OpenIdProvider, running

pytestmark = [pytest.mark.journey, AUTHLIB_WARNS]


@pytest.fixture(scope="module", autouse=True)
def openid() -> Iterator[OpenIdProvider]:
    """The provider, before the server is started that is to know of it."""
    with pytest.MonkeyPatch.context() as patch, running() as provider:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        patch.setenv("CONSENTRY_GOOGLE_ISSUER", provider.base)
        yield provider


def sign_in_there(page: Page, subject: str) -> None:
    """At the provider's own page."""
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


@pytest.mark.parametrize("scripts", [pytest.param(True, id="scripts"), pytest.param(False, id="none")])
@pytest.mark.parametrize("width", DESK)
def test_a_school_sets_up_single_sign_on_and_its_staff_come_in(
    browser: Browser, address: str, oakfield: Oakfield, openid: OpenIdProvider, *, width: int, scripts: bool
) -> None:
    slug = oakfield.site.slug
    openid.knows("g-tom", email=oakfield.tom.email, email_verified=True)
    openid.knows("g-nobody", email="nobody@example.org", email_verified=True)
    with open_context(browser, address, width=width, scripts=scripts) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, f"/{slug}/sso-settings")
        look(page, "sso-settings", width, scripts=scripts)
        page.get_by_label("Addresses on site").fill("the office")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("is not an address").first).to_be_visible()
        look(page, "sso-settings-refused", width, scripts=scripts)
        page.get_by_role("link", name="Set up Google").click()
        look(page, "sso-set-up-google", width, scripts=scripts)
        page.get_by_label("Client ID").fill("oakfield.apps.example")
        page.get_by_label("Client secret").fill("google-says")
        page.get_by_role("button", name="Save").click()
        page.get_by_label("Single sign-on").check()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("The sign-in settings are saved")).to_be_visible()
        look(page, "sso-settings-on", width, scripts=scripts)
        page.goto(f"/{slug}/sso-settings/microsoft")
        look(page, "sso-set-up-microsoft", width, scripts=scripts)
    with open_context(browser, address, width=width, scripts=scripts) as context:
        page = context.new_page()
        page.goto(f"/{slug}/notifications")
        expect(page.get_by_role("heading", name="Sign in to Oakfield School")).to_be_visible()
        look(page, "site-sign-in", width, scripts=scripts)
        page.get_by_role("button", name="Sign in with Google").click()
        sign_in_there(page, "g-nobody")
        expect(page.get_by_role("heading", name="No member of staff has that email")).to_be_visible()
        look(page, "sso-not-let-in", width, scripts=scripts)
        page.get_by_role("link", name="Back to signing in").click()
        page.goto(f"/{slug}/notifications")
        page.get_by_role("button", name="Sign in with Google").click()
        sign_in_there(page, "g-tom")
        page.wait_for_url(f"**/{slug}/notifications")
    with open_context(browser, address, width=width, scripts=scripts) as context:
        page = context.new_page()
        page.goto(f"/{slug}/sso-settings/google/people")
        page.get_by_role("link", name="Sign in with email and password").click()
        fill_in(page, oakfield.asha)
        page.wait_for_url(f"**/{slug}/sso-settings/google/people")
        look(page, "sso-people", width, scripts=scripts)
        page.goto(f"/{slug}/sso-settings/google")
        look(page, "sso-google", width, scripts=scripts)
        page.get_by_role("link", name="Remove").click()
        look(page, "sso-remove", width, scripts=scripts)


def look(page: Page, name: str, width: int, *, scripts: bool) -> None:
    """Axe needs scripts."""
    if scripts:
        check(page, name, width)
