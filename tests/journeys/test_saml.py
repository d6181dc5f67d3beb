"""A school sets up its SAML provider, and its staff sign in through it: in a real browser, from another site.

The provider is called `localhost` and the service by its number, so that to the browser they are different sites: the
session's cookie does not go with the provider's form.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Oakfield, open_context, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, check
from tests.project.sign_in.saml_provider import SamlProvider, running

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def idp() -> Iterator[SamlProvider]:
    with running() as provider:
        provider.base = provider.base.replace("127.0.0.1", "localhost")
        yield provider


@pytest.mark.parametrize("scripts", [pytest.param(True, id="scripts"), pytest.param(False, id="none")])
@pytest.mark.parametrize("width", DESK)
def test_a_school_sets_up_saml_and_its_staff_come_in(
    browser: Browser, address: str, oakfield: Oakfield, idp: SamlProvider, *, width: int, scripts: bool
) -> None:
    slug = oakfield.site.slug
    idp.knows("p-tom", email=oakfield.tom.email)
    idp.knows("p-nobody", email="nobody@example.org")
    with open_context(browser, address, width=width, scripts=scripts) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, f"/{slug}/sso-settings")
        page.get_by_role("link", name="Set up SAML").click()
        look(page, "saml-set-up", width, scripts=scripts)
        page.get_by_label("Sign-on address").fill("http://idp.example/")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("must begin with https://").first).to_be_visible()
        look(page, "saml-refused", width, scripts=scripts)
        page.get_by_label("Name on the sign-in page").fill("Oak Learning")
        page.get_by_label("Metadata file of the provider").set_input_files(
            {"name": "idp.xml", "mimeType": "text/xml", "buffer": idp.metadata}
        )
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("SAML is set up")).to_be_visible()
        page.get_by_label("Single sign-on").check()
        page.get_by_role("button", name="Save").click()
        look(page, "saml-on", width, scripts=scripts)
        page.goto(f"/{slug}/sso-settings/saml")
        look(page, "saml-change", width, scripts=scripts)
    with open_context(browser, address, width=width, scripts=scripts) as context:
        page = context.new_page()
        page.goto(f"/{slug}/notifications")
        look(page, "saml-sign-in", width, scripts=scripts)
        come_from(page, idp, "p-nobody")
        expect(page.get_by_role("heading", name="No member of staff has that")).to_be_visible()
        look(page, "saml-not-let-in", width, scripts=scripts)
        page.goto(f"/{slug}/notifications")
        come_from(page, idp, "p-tom")
        page.wait_for_url(f"**/{slug}/notifications")


def come_from(page: Page, idp: SamlProvider, subject: str) -> None:
    """On to the provider, through its pages, and back."""
    page.get_by_role("button", name="Sign in with Oak Learning").click()
    page.get_by_placeholder("subject").fill(subject)
    assert page.url.startswith(f"{idp.base}/sso?")
    page.get_by_role("button", name="Authorize").click()
    with page.expect_request("**/saml/") as taken:
        page.get_by_role("button", name="Go back").click()
    assert "session=" not in taken.value.all_headers().get("cookie", "")


def look(page: Page, name: str, width: int, *, scripts: bool) -> None:
    """Axe needs scripts."""
    if scripts:
        check(page, name, width)
