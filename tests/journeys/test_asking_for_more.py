"""A company writes and publishes a wider version; the school sees what is new, decides, and reads the receipt."""

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, expect

from consentry.partners.acting import acting
from consentry.partners.actions.publish_version import AskedRow, publish_version
from consentry.partners.actions.register_app import NewApp, register_app
from consentry.partners.models import CompanyMember
from tests.journeys.conftest import Oakfield, open_context, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, check
from tests.partners.company_world import registered
from tests.world import READ, STUDENTS, approve, ask

pytestmark = pytest.mark.journey

FIRST = AskedRow("Student", STUDENTS.fields, READ, "To print the register with first names")


def company(oakfield: Oakfield) -> tuple[CompanyMember, str]:
    """Somebody who acts for a company whose app Oakfield has approved, and the address of what it asks for."""
    slug, now = oakfield.site.slug, timezone.now()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        member = registered(f"Lunch Co {slug}", f"dev@{slug}.example", "Dev Rao")
    about = NewApp(f"Lunchline {slug}", "Meals for schools.", "help@lunch.example", "https://lunch.example")
    app = register_app(member.company, about, by=acting(member), at=now)
    publish_version(app, [FIRST], note="First version", by=acting(member), at=now)
    approve(ask(app, oakfield.site), oakfield.asha)
    return member, f"/partners/{member.company_id}/apps/{app.id}/permission-set"


@pytest.mark.parametrize("width", DESK)
def test_from_the_draft_to_the_receipt(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    member, permission_set = company(oakfield)
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, member.user, permission_set)
        check(page, "permission-set", width)
        page.get_by_label("Search data types and fields").fill("religion")
        expect(page.get_by_text("data types with “religion”")).to_be_visible()
        page.goto(f"{permission_set}/rows/Staff")
        check(page, "permission-set-row", width)
        page.get_by_role("button", name="Save to the draft").click()
        expect(page.get_by_role("alert")).to_contain_text("Say in one plain sentence why")
        check(page, "permission-set-row-wrong", width)
        page.get_by_label("Religion (special category data)").check()
        page.get_by_label("Staff number").check()
        page.get_by_label("Why the app needs it").fill("To keep to what staff eat")
        page.get_by_label("Yes: it is optional").check()
        page.get_by_role("button", name="Save to the draft").click()
        expect(page.get_by_role("status").first).to_contain_text("Staff")
        check(page, "permission-set-changed", width)
        page.goto(f"{permission_set}/preview")
        check(page, "permission-set-preview", width)
        page.get_by_role("link", name="A school that approved version 1").click()
        check(page, "permission-set-preview-review", width)
        page.goto(f"{permission_set}/discard")
        check(page, "permission-set-discard", width)
        page.goto(f"{permission_set}/publish")
        expect(page.get_by_text("Wider at 1 connection")).to_be_visible()
        page.get_by_label("What schools should know about this version").fill("Meals for staff as well.")
        check(page, "permission-set-publish", width)
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.get_by_text("1 of 1 connection follows version 2.")).to_be_visible()
        check(page, "permission-set-versions", width)
    _the_school(browser, address, oakfield, width)


def _the_school(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    slug = oakfield.site.slug
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, f"/{slug}/")
        check(page, "home-with-review", width)
        page.goto(f"/{slug}/partner-apps/approved")
        check(page, "approved-with-review", width)
        page.get_by_role("link", name="wants 2 more fields").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page, "slide-over-review", width)
        page.goto(page.url)
        expect(page.get_by_role("heading", name="What is new")).to_be_visible()
        check(page, "review", width)
        page.get_by_role("button", name="Decline").click()
        expect(page.get_by_text("You declined what")).to_be_visible()
        check(page, "app-with-declined-review", width)
        page.get_by_role("link", name="See what is new, and decide").click()
        check(page, "review-declined", width)
        page.get_by_role("button", name="Accept").click()
        page.get_by_role("link", name="See the receipt").click()
        expect(page.get_by_role("heading", name="Change accepted")).to_be_visible()
        check(page, "receipt", width)
        page.goto(f"/{slug}/receipts")
        check(page, "receipts", width)
