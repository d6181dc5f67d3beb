"""axe finds nothing on any page, at the width of a desk and of a phone."""

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.people.actions.add_user import NewUser, add_user
from consentry.schools.models import Life
from consentry.schools.queries import school_id
from tests.journeys.conftest import Oakfield, open_context, picture, sign_in
from tests.world import NOW, add_app, add_school, approve, ask, call, reject

pytestmark = pytest.mark.journey

WIDTHS = [pytest.param(1280, id="desk"), pytest.param(390, id="phone")]
DESK = WIDTHS[:1]
"""For stories whose pages another journey looks at by phone."""


def check(page: Page, name: str, width: int) -> None:
    """Axe finds nothing here, and nothing stands out of the window."""
    picture(page, f"{width}-{name}")
    found = _looked_at(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        f"{name} is wider than the window"
    )


def _looked_at(page: Page) -> AxeResults:
    """What axe finds; looked at again where the click before led on under its eyes, and the document was gone."""
    try:
        return Axe().run(page)
    except PlaywrightError:
        page.wait_for_load_state()
        return Axe().run(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_entrance(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        page.goto("/")
        check(page, "sign-in", width)
        page.get_by_label("Email").fill("nobody@example.org")
        page.get_by_label("Password", exact=True).fill("wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_text("There is a problem")).to_be_visible()
        check(page, "sign-in-refused", width)
        page.goto("/accounts/password/reset/")
        check(page, "password-reset", width)
        page.get_by_label("Email").fill("nobody@example.org")
        page.get_by_role("button", name="Send the link").click()
        expect(page.get_by_role("heading", name="Check your email")).to_be_visible()
        check(page, "password-reset-sent", width)
        page.goto("/accounts/password/reset/key/1-set-password/")
        check(page, "password-link-dead", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_site(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    slug, name = oakfield.site.slug, oakfield.timetabler.app.name
    busy, gone = add_app(f"{name} Plus", "Lunch Co"), add_app(f"{name} Old", "Lunch Co")
    approved = approve(ask(busy, oakfield.site), oakfield.asha)
    rejected = reject(ask(gone, oakfield.site), oakfield.asha)
    call(busy, oakfield.site)
    call(gone, oakfield.site)
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, oakfield.pending)
        pages = {
            "home": f"/{slug}/",
            "pending": oakfield.pending,
            "approved": f"/{slug}/partner-apps/approved",
            "rejected": f"/{slug}/partner-apps/rejected",
            "none-match": f"{oakfield.pending}?q=nothing",
            "app-pending": f"/{slug}/partner-apps/{oakfield.timetabler.id}",
            "app-approved": f"/{slug}/partner-apps/{approved.id}",
            "app-rejected": f"/{slug}/partner-apps/{rejected.id}",
            "notifications": f"/{slug}/notifications",
            "notifications-all": f"/{slug}/notifications?show=all",
            "not-found": f"/{slug}/nothing",
            "change-password": "/accounts/password/change/",
            "confirm": "/accounts/reauthenticate/",
            "sign-out": "/accounts/logout/",
        }
        for each, path in pages.items():
            page.goto(path)
            check(page, each, width)
        page.goto(f"{oakfield.pending}?q={name}")
        page.get_by_text("Download list").click()
        expect(page.get_by_role("link", name=f"Pending requests with “{name}”: CSV")).to_be_visible()
        check(page, "download", width)
        page.keyboard.press("Escape")
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page, "slide-over", width)

        context.clear_cookies(name="csrf")
        page.get_by_role("dialog").get_by_role("button", name="Approve").click()
        expect(page.get_by_role("heading", name="This page was open for too long")).to_be_visible()
        check(page, "too-old", width)
        page.goto(oakfield.pending)
        page.get_by_role("link", name=name, exact=True).click()

        expect(page.get_by_role("dialog").get_by_role("button", name="Approve")).to_be_visible()
        approve(oakfield.timetabler, oakfield.asha)
        page.get_by_role("dialog").get_by_role("button", name="Approve").click()
        expect(page.get_by_role("alert")).to_contain_text("Your decision was not carried out.")
        check(page, "decided-meanwhile", width)
        page.get_by_role("button", name="Reject").click()
        expect(page.get_by_role("status").first).to_contain_text("moved to Rejected Apps")
        check(page, "decided", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_dummy_site_and_a_person_who_may_not_decide(
    browser: Browser, address: str, oakfield: Oakfield, width: int
) -> None:
    name = f"{oakfield.timetabler.app.name} Trial"
    dummy = add_school(f"{oakfield.site.slug}-dummy", "Oakfield School", life=Life.DUMMY)
    with change(actor=OPERATOR, at=NOW, school=school_id(dummy)) as this:
        add_user(this, dummy, NewUser(oakfield.tom.email, existing=True))
    asked = ask(add_app(name, is_live=False), dummy)
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.tom, "/")
        check(page, "sites", width)
        page.goto(f"/{dummy.slug}/partner-apps/{asked.id}")
        expect(page.get_by_text("Application Not Live")).to_be_visible()
        expect(page.get_by_role("button", name="Approve")).to_be_disabled()
        check(page, "dummy-app", width)
        page.goto(f"/{dummy.slug}/")
        check(page, "dummy-home", width)
