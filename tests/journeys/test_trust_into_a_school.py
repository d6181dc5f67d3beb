"""From the trust into a school: password and authenticator app, the terms, an approval; deciding for many schools."""

import re
from dataclasses import dataclass
from itertools import count

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.people.actions.accept_terms import accept_terms
from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR, TRUST_STAFF
from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.actions.grant_school_access import grant_school_access
from consentry.people.models import User
from consentry.rules.reach import SchoolAccess
from consentry.schools.actions.publish_terms import publish_terms
from consentry.schools.models import Life, Site
from consentry.schools.queries import newest_terms, school_id
from tests.journeys.conftest import ASKED, fill_in, open_context, picture, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, WIDTHS, check
from tests.journeys.test_signing_in import code_of, confirm, sign_out
from tests.world import account_of, add_app, add_person, add_school, add_trust, ask, enter, give_schools

pytestmark = pytest.mark.journey

_numbers = count(1)


@dataclass(frozen=True)
class Rivers:
    """A trust with three schools, somebody who administers it, and an app that waits at two of the schools."""

    trust: Site
    oakfield: Site
    brook: Site
    noah: User
    waiting: tuple[Connection, Connection]

    @property
    def schools(self) -> str:
        """The address of the trust's schools."""
        return f"/{self.trust.slug}/schools"


@pytest.fixture
def rivers(address: str) -> Rivers:
    """A trust of this journey's own; terms are in force, which Noah has accepted at the trust."""
    number = next(_numbers)
    now = timezone.now()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        trust = add_trust(f"two-rivers-{number}", "Two Rivers Trust")
        noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR, email=f"noah@rivers{number}.example")
        add_person(trust, "Ivy Stone", TRUST_STAFF, email=f"ivy@rivers{number}.example")
    oakfield = add_school(f"oakfield-{number}", "Oakfield School", trust=trust)
    brook = add_school(f"brook-{number}", "Brook Lane School", life=Life.DUMMY, trust=trust)
    add_school(f"mill-{number}", "Mill Street School", trust=trust)
    give_schools(noah, trust)
    terms = newest_terms() or publish_terms("# Terms\n\nBe kind to data.", by=OPERATOR, at=now)
    accept_terms(account_of(noah, trust), terms.number, at=now)
    app = add_app(f"Timetabler {number}", rows=ASKED)
    return Rivers(trust, oakfield, brook, noah, (ask(app, oakfield, at=now), ask(app, brook, at=now)))


def accept(page: Page) -> None:
    """Accept the terms that the page asks to accept."""
    page.get_by_label("I have read and accept the terms and conditions").check()
    page.get_by_role("button", name="Accept").click()


def with_authenticator(page: Page, noah: User) -> str:
    """Set up the authenticator app that the site asks for; its secret."""
    fill_in(page, noah)
    page.get_by_role("link", name="Set up an authenticator app").click()
    confirm(page)
    secret = page.locator("code.key").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret


@pytest.mark.parametrize("width", DESK)
def test_from_the_trust_through_the_terms_to_an_approval(
    browser: Browser, address: str, rivers: Rivers, width: int
) -> None:
    """Issue: with password + authenticator, from the trust into a school, through the terms, to an approval."""
    demanded = SignInSwitches(second_factor_demanded=True)
    change_sign_in_settings(rivers.trust, demanded, by=account_of(rivers.noah, rivers.trust), at=timezone.now())
    app = rivers.waiting[0].app.name
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        page.goto(rivers.schools)
        secret = with_authenticator(page, rivers.noah)
        sign_out(page)
        page.goto(rivers.schools)
        fill_in(page, rivers.noah)
        page.get_by_label("Code").fill(code_of(secret))
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"**{rivers.schools}")
        check(page, "trust-schools", width)

        page.get_by_role("button", name="Sign in to Oakfield School").click()
        accept(page)
        expect(page.get_by_role("button", name="Back to Two Rivers Trust")).to_be_visible()
        check(page, "trust-in-school", width)
        page.get_by_role("link", name=app, exact=True).first.click()
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("status").first).to_contain_text(f"{app} moved to Approved Apps on")
        expect(page.get_by_role("status").first).to_contain_text("by Noah Price (Two Rivers Trust)")
        check(page, "trust-approved", width)

        page.get_by_role("button", name="Back to Two Rivers Trust").click()
        page.wait_for_url(f"**{rivers.schools}")
        page.goto(f"/{rivers.oakfield.slug}/")
        expect(page.get_by_role("heading", name="You have left Oakfield School")).to_be_visible()
        check(page, "trust-left-school", width)
        page.get_by_role("button", name="To your trust’s schools").click()
        page.wait_for_url(f"**{rivers.schools}")
    with reading(school_id(rivers.oakfield)):
        kept = Connection.objects.select_related("decided_by", "decided_from").get(id=rivers.waiting[0].id)
    assert (kept.state, kept.decided_by, kept.decided_from) == ("approved", rivers.noah, rivers.trust)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_deciding_for_many_schools(
    browser: Browser, address: str, rivers: Rivers, width: int, *, scripts: bool
) -> None:
    now = timezone.now()
    terms = newest_terms()
    assert terms is not None
    for school in (rivers.oakfield, rivers.brook):
        accept_terms(enter(rivers.noah, school, at=now), terms.number, at=now)
    app = rivers.waiting[0].app.name
    looked_at = check if scripts else lambda page, name, width: picture(page, f"{width}-{name}-plain")
    with open_context(browser, address, width=width, scripts=scripts) as context:
        page = context.new_page()
        sign_in(page, rivers.noah, f"/{rivers.trust.slug}/apps-by-school")
        looked_at(page, "trust-console", width)
        page.get_by_role("link", name=app, exact=True).click()
        looked_at(page, "trust-app", width)
        page.get_by_role("button", name="Approve…").click()
        expect(page.get_by_role("heading", name=f"Approve {app} for 2 schools")).to_be_visible()
        looked_at(page, "trust-preview", width)
        page.get_by_role("button", name="Approve for 2 schools").click()
        expect(page.get_by_text("There is a problem")).to_be_visible()
        looked_at(page, "trust-preview-wrong", width)
        page.get_by_label("Number of schools").fill("2")
        page.get_by_role("button", name="Approve for 2 schools").click()
        expect(page.get_by_role("heading", name=f"Approved {app} for 2 of 2 schools")).to_be_visible()
        looked_at(page, "trust-round", width)
        page.get_by_role("link", name="Back to the app").click()
        page.get_by_role("button", name=re.compile(f"Approved.*sign in to Oakfield School and look at {app}")).click()
        page.wait_for_url(f"**/{rivers.oakfield.slug}/partner-apps/{rivers.waiting[0].id}")


@pytest.mark.parametrize("width", DESK)
def test_group_staff_and_losing_the_way(browser: Browser, address: str, rivers: Rivers, width: int) -> None:
    """Bad input: a trust user removed while signed in to a school."""
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, rivers.noah, f"/{rivers.trust.slug}/group-staff")
        check(page, "trust-staff", width)
        page.get_by_role("link", name="Ivy Stone").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        check(page, "trust-access-slide-over", width)
        dialog.get_by_label("Some schools").check()
        dialog.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Choose at least one school").first).to_be_visible()
        check(page, "trust-access-wrong", width)
        page.get_by_label("Oakfield School").check()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status").first).to_contain_text("Ivy Stone may sign in to: Oakfield School.")

        page.goto(rivers.schools)
        page.get_by_role("button", name="Sign in to Oakfield School").click()
        accept(page)
        grant_school_access(rivers.trust.slug, rivers.noah.email, SchoolAccess.NONE, by=OPERATOR, at=timezone.now())
        page.get_by_role("link", name="See all").first.click()
        expect(page.get_by_role("heading", name="You are no longer signed in to Oakfield School")).to_be_visible()
        check(page, "trust-shown-out", width)
        page.get_by_role("button", name="Go back").click()
        page.wait_for_url(f"**{rivers.schools}")
        expect(page.get_by_role("button", name="Sign in to Oakfield School")).to_be_disabled()
        check(page, "trust-schools-closed", width)
