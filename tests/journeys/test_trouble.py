"""A sync does not work: the school looks why and reports it, the company answers, the school reads it and settles."""

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, expect

from consentry.partners.acting import acting
from consentry.partners.actions.declare_requirements import declare_requirements
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.actions.register_app import NewApp, register_app
from consentry.partners.models import App, CompanyMember
from consentry.rules.readiness import Check, Need
from tests.api.calls import client_of
from tests.journeys.conftest import Oakfield, open_context, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, check
from tests.partners.company_world import registered
from tests.world import NOW, STUDENTS, approve, ask

pytestmark = pytest.mark.journey


def lunchline(oakfield: Oakfield) -> tuple[CompanyMember, App]:
    """Somebody of a company, and its app, which Oakfield approved and which asks for more than it may have."""
    slug = oakfield.site.slug
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        member = registered(f"Lunch Co {slug}", f"dev@{slug}.example", "Dev Rao")
    about = NewApp(f"Lunchline {slug}", "Meals for schools.", "help@lunch.example", "https://lunch.example")
    app = register_app(member.company, about, by=acting(member), at=NOW)
    publish_version(app, [STUDENTS], note="First version", by=acting(member), at=NOW)
    declare_requirements(app.id, [Need(Check.PUPIL_UPNS, "To match students")], by=member, at=NOW)
    approve(ask(app, oakfield.site), oakfield.asha)
    caller = client_of(app, oakfield.site)
    caller.get("students")
    for query in ("fields=religion", "fields=religion", "fields=bloodGroup,nhsNumber", "page-size=all"):
        caller.get("students", query)
    caller.get("staffs")
    return member, app


@pytest.mark.parametrize("width", DESK)
def test_from_the_school_to_the_company_and_back(
    browser: Browser, address: str, oakfield: Oakfield, width: int
) -> None:
    """Issue: a form to report a problem that reaches the company (and the operator) and shows what became of it."""
    member, app = lunchline(oakfield)
    reports = f"/partners/{member.company_id}/troubles"
    with open_context(browser, address, width=width) as context, open_context(browser, address, width=width) as theirs:
        page, acme = context.new_page(), theirs.new_page()
        sign_in(page, oakfield.asha, f"/{oakfield.site.slug}/partner-apps/approved")
        page.get_by_role("link", name=app.name).first.click()
        page.get_by_role("link", name="Why does the sync not work?").first.click()
        expect(page.get_by_role("heading", name="The likeliest cause")).to_be_visible()
        check(page, "trouble", width)
        page.get_by_role("button", name="Report the problem").click()
        expect(page.get_by_role("alert")).to_contain_text("Say what happens")
        check(page, "trouble-wrong", width)
        page.get_by_label("Some data is missing").check()
        page.get_by_label("What happens, and what did you expect?").fill("Meals of year 7 are not there.")
        page.get_by_role("button", name="Report the problem").click()
        expect(page.get_by_role("status").first).to_contain_text("is told by email")
        check(page, "trouble-reported", width)
        sign_in(acme, member.user, reports)
        check(acme, "company-troubles", width)
        acme.get_by_role("link", name=oakfield.site.name).click()
        expect(acme.get_by_text("Meals of year 7 are not there.")).to_be_visible()
        check(acme, "company-trouble", width)
        acme.get_by_label("Your answer").fill("We asked for too much. It is mended.")
        acme.get_by_label("The problem is solved").check()
        acme.get_by_role("button", name="Answer the school").click()
        expect(acme.get_by_text("The report is settled.")).to_be_visible()
        acme.goto(f"/partners/{member.company_id}/apps/{app.id}")
        check(acme, "company-app-after", width)
        page.reload()
        expect(page.get_by_text("We asked for too much.")).to_be_visible()
        page.get_by_label("Say why it is not solved").fill("Year 8 is missing too.")
        page.get_by_role("button", name="Reopen").click()
        expect(page.get_by_text("Waiting for the company")).to_be_visible()
        acme.reload()
        check(acme, "company-app-with-trouble", width)
        page.get_by_role("button", name="It works now").click()
        expect(page.get_by_text("Settled", exact=True)).to_be_visible()
        check(page, "trouble-settled", width)
