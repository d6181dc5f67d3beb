"""Terms, Login History and School Details in a browser: axe finds nothing, and the pages do without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from consentry.audit.actor import OPERATOR
from consentry.people.actions.note_sign_in import SignInFacts, note_sign_in_of, note_stranger
from consentry.people.models import Outcome
from consentry.schools.actions.publish_terms import publish_terms
from consentry.schools.queries import newest_terms, school_id
from tests.journeys.conftest import Oakfield, fill_in, open_context, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, WIDTHS, check
from tests.world import account_of

pytestmark = pytest.mark.journey

TERMS = """# Using Consentry

By signing in you agree to these terms. They are between you, your school and the operator of this service.

## What you may do

1. You look at pupils' data only where your work needs it.
2. You keep your password to yourself, and tell your admin team at once when somebody else may know it.

## What is recorded

- Each sign-in, with its time, address and browser.
- Each decision about an app, with your name.
"""


def publish(more: str) -> int:
    """A version that nobody has accepted; what was accepted before stays."""
    return publish_terms(f"{TERMS}\n{more}", by=OPERATOR, at=timezone.now()).number


def note_many(oakfield: Oakfield) -> None:
    """A month of sign-ins of two people, with some that failed."""
    for days_ago in range(28):
        at = timezone.now() - timedelta(days=days_ago, minutes=7)
        for person, provider, factor in (
            (oakfield.asha, "password", "authenticator app"),
            (oakfield.tom, "google", ""),
        ):
            facts = SignInFacts(at, provider, factor, "192.0.2.7", "Firefox 140 on Ubuntu")
            failed = days_ago % 9 == 0
            account = account_of(person, oakfield.site)
            note_sign_in_of([account] * (1 + days_ago % 4), outcome=Outcome.SIGNED_IN, facts=facts)
            note_sign_in_of([account] * failed, outcome=Outcome.WRONG_PASSWORD, facts=facts)
    stranger = SignInFacts(timezone.now(), "google", address="2001:db8:85a3:8d3:1319:8a2e:370:7348")
    note_stranger(school_id(oakfield.site), outcome=Outcome.NO_MATCH, facts=stranger)


def accept(page: Page) -> None:
    page.get_by_label("I have read and accept the terms and conditions").check()
    page.get_by_role("button", name="Accept").click()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_terms_come_first_and_lead_on(
    browser: Browser, address: str, oakfield: Oakfield, width: int, *, scripts: bool
) -> None:
    """First sign-in: the user reads the terms, ticks, accepts; and is where they were going."""
    publish(f"For {oakfield.site.slug}.")
    with open_context(browser, address, width=width, scripts=scripts) as context:
        page = context.new_page()
        page.goto(oakfield.pending)
        fill_in(page, oakfield.asha)
        expect(page.get_by_role("heading", name="Terms and conditions")).to_be_visible()
        if scripts:
            check(page, "terms", width)
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_text("There is a problem")).to_be_visible()
        if scripts:
            check(page, "terms-not-ticked", width)
        accept(page)
        page.wait_for_url(f"**{oakfield.pending}")
        page.goto(f"/{oakfield.site.slug}/terms")
        expect(page.get_by_text("What you accepted at Oakfield School")).to_be_visible()
        if scripts:
            check(page, "terms-accepted", width)


@pytest.mark.parametrize("width", DESK)
def test_a_slide_over_waits_until_changed_terms_are_accepted(
    browser: Browser, address: str, oakfield: Oakfield, width: int
) -> None:
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in_accepting(page, oakfield, oakfield.pending)
        version = publish(f"Changed for {oakfield.site.slug}.")
        page.get_by_role("link", name=oakfield.timetabler.app.name).click()
        expect(page.get_by_text("The terms and conditions have changed")).to_be_visible()
        check(page, "terms-changed", width)
        newer = publish(f"Changed again for {oakfield.site.slug}.")
        assert newer == version + 1
        accept(page)
        expect(page.get_by_text("A newer version came into force while you were reading")).to_be_visible()
        accept(page)
        page.wait_for_url(f"**/partner-apps/{oakfield.timetabler.id}")


def sign_in_accepting(page: Page, oakfield: Oakfield, then: str) -> None:
    """Sign in, accepting what other journeys of this module published."""
    if newest_terms() is None:
        sign_in(page, oakfield.asha, then)
        return
    page.goto(then)
    fill_in(page, oakfield.asha)
    accept(page)
    page.wait_for_url(f"**{then}")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_login_history_and_the_details(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    note_many(oakfield)
    slug = oakfield.site.slug
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in_accepting(page, oakfield, f"/{slug}/login-history")
        pages = {
            "login-history": "login-history",
            "login-history-filtered": "login-history?outcome=failed&provider=google&sort=user",
            "login-history-none": "login-history?q=nobody-at-all",
            "own-sign-ins": "own-sign-ins",
            "school-details": "school-details",
            "school-details-edit": "school-details/edit",
            "not-found-at-site": "nothing",
        }
        for name, path in pages.items():
            page.goto(f"/{slug}/{path}")
            check(page, name, width)
        page.goto(f"/{slug}/school-details/edit")
        page.get_by_label("URN").fill("12")
        page.get_by_label("Postcode").fill("BS1")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".error-summary")).to_be_focused()
        check(page, "school-details-refused", width)
        page.goto(f"/{slug}/login-history?q=tom")
        page.get_by_role("link", name="Tom Reed").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page, "login-history-slide-over", width)
