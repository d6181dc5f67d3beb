"""Signing in with a password and an authenticator app, and with passkeys, at a site that demands a second factor."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.models import SignIn
from tests.journeys.conftest import Oakfield, fill_in, open_context
from tests.journeys.test_every_page_for_everyone import DESK, WIDTHS, check
from tests.world import PASSWORD, account_of

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def host() -> str:
    """Browsers have passkeys at a name, not at a number."""
    return "localhost"


@pytest.fixture
def demanding(oakfield: Oakfield) -> Oakfield:
    """A school that demands a second factor of everybody."""
    wanted = SignInSwitches(
        sso_on=False, second_factor_demanded=True, second_factor_skipped_for_sso=False, addresses_on_site=()
    )
    by = account_of(oakfield.asha, oakfield.site)
    change_sign_in_settings(oakfield.site, wanted, by=by, at=timezone.now())
    return oakfield


@contextmanager
def at_a_browser(browser: Browser, address: str, width: int = 1280) -> Iterator[Page]:
    """A page of a window whose console stays empty: nothing breaks the policy on scripts and styles."""
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        yield page
        assert faults == []


def with_fingerprint(page: Page) -> None:
    """From now on the computer has a fingerprint reader, and the person's finger is on it."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    reader = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": reader})


def code_of(secret: str) -> str:
    _, now, _ = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now)))


def confirm(page: Page) -> None:
    """Give the password once more, where that is asked for."""
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")


@pytest.mark.parametrize("width", WIDTHS)
def test_password_and_authenticator_app(browser: Browser, address: str, demanding: Oakfield, width: int) -> None:
    """Issue: a journey in a real browser signs in with password + authenticator."""
    name = demanding.site.name
    with at_a_browser(browser, address, width) as page:
        page.goto(demanding.pending)
        fill_in(page, demanding.asha)
        expect(page.get_by_role("heading", name=f"{name} asks for a second factor")).to_be_visible()
        check(page, "second-factor-asked", width)

        page.get_by_role("link", name="Set up an authenticator app").click()
        check(page, "confirm-it-is-you", width)
        confirm(page)
        expect(page.get_by_role("img", name="QR code")).to_be_visible()
        check(page, "authenticator-app", width)
        secret = page.locator("code.key").inner_text()
        page.get_by_label("Code").fill("000000")
        page.get_by_role("button", name="Set up the app").click()
        expect(page.get_by_role("alert")).to_contain_text("Incorrect code")
        check(page, "authenticator-app-wrong", width)
        page.get_by_label("Code").fill(code_of(page.locator("code.key").inner_text()))
        page.get_by_role("button", name="Set up the app").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        check(page, "recovery-codes", width)
        page.get_by_role("link", name=f"Go on to {name}").click()
        page.wait_for_url(f"{address}{demanding.pending}")

        sign_out(page)
        page.goto(demanding.pending)
        fill_in(page, demanding.asha)
        expect(page.get_by_role("heading", name="One more step")).to_be_visible()
        check(page, "one-more-step", width)
        page.get_by_label("Code").fill(code_of(secret))
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{address}{demanding.pending}")

    last = SignIn.objects.filter(account__user=demanding.asha).order_by("id").last()
    assert last is not None
    assert (last.provider, last.second_factor, last.outcome) == ("password", "authenticator app", "signed_in")
    assert last.address == "127.0.0.1"
    assert "Chrom" in last.browser


@pytest.mark.parametrize("width", DESK)
def test_a_passkey_alone_and_after_the_password(
    browser: Browser, address: str, demanding: Oakfield, width: int
) -> None:
    """Issue: passkeys."""
    with at_a_browser(browser, address, width) as page:
        with_fingerprint(page)
        page.goto(demanding.pending)
        check(page, "sign-in-with-passkey", width)
        fill_in(page, demanding.tom)
        page.get_by_role("link", name="Add a passkey").click()
        confirm(page)
        page.get_by_label("Name").fill("Work laptop")
        check(page, "passkey-add", width)
        page.get_by_role("button", name="Add the passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        page.get_by_role("link", name=f"Go on to {demanding.site.name}").click()
        page.wait_for_url(f"{address}{demanding.pending}")

        sign_out(page)
        page.goto(demanding.pending)
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url(f"{address}{demanding.pending}")

        sign_out(page)
        page.goto(demanding.pending)
        fill_in(page, demanding.tom)
        check(page, "one-more-step-passkey", width)
        page.get_by_role("button", name="Use your passkey").click()
        page.wait_for_url(f"{address}{demanding.pending}")

    noted = SignIn.objects.filter(account__user=demanding.tom).order_by("id")
    assert [(row.provider, row.second_factor) for row in noted] == [
        ("password", ""), ("passkey", "passkey"), ("password", "passkey"),
    ]  # fmt: skip


@pytest.mark.parametrize("width", DESK)
def test_looking_after_ones_own_sign_in(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    with at_a_browser(browser, address, width) as page:
        with_fingerprint(page)
        page.goto(oakfield.pending)
        fill_in(page, oakfield.tom)
        page.goto("/accounts/2fa/")
        check(page, "security-without", width)
        page.get_by_role("link", name="Add a passkey").click()
        confirm(page)
        page.get_by_role("button", name="Add the passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        page.get_by_role("link", name="Make new codes").click()
        check(page, "recovery-codes-new", width)
        page.get_by_role("button", name="Make new codes").click()
        page.get_by_role("link", name="Sign-in and security").click()
        check(page, "security-with", width)
        page.get_by_role("link", name="See your passkeys").click()
        check(page, "passkeys", width)
        page.get_by_role("link", name="Rename").click()
        page.get_by_label("Name").fill("School laptop")
        check(page, "passkey-rename", width)
        page.get_by_role("button", name="Save the name").click()
        expect(page.get_by_text("School laptop").first).to_be_visible()
        page.get_by_role("link", name="Remove").click()
        check(page, "passkey-remove", width)
        page.get_by_role("button", name="Remove the passkey").click()
        expect(page.get_by_text("You have none.")).to_be_visible()


def test_a_passkey_that_does_not_come_is_told_on_the_page(browser: Browser, address: str, oakfield: Oakfield) -> None:
    with at_a_browser(browser, address) as page:
        with_fingerprint(page)
        page.goto("/accounts/login/")
        page.get_by_role("button", name="Sign in with a passkey").click()

        expect(page.get_by_text("No passkey was used.")).to_be_visible()


def test_a_disabled_person_is_told_so(browser: Browser, address: str, oakfield: Oakfield) -> None:
    from consentry.people.actions.disable_account import disable_account

    account = account_of(oakfield.tom, oakfield.site)
    disable_account(oakfield.site, account.id, by=account_of(oakfield.asha, oakfield.site), at=timezone.now())
    with at_a_browser(browser, address) as page:
        page.goto(oakfield.pending)
        fill_in(page, oakfield.tom)

        expect(page.get_by_role("heading", name="Your account is disabled")).to_be_visible()
        check(page, "account-disabled", 1280)
