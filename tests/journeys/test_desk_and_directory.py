"""A school asks for a new app and an operator answers at the desk; axe finds nothing on any of the pages."""

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.ask_back import ask_back
from consentry.partners.models import AppKind
from consentry.people.actions.add_operator import add_operator
from consentry.people.models import User
from consentry.records.models import EducationalInstitutionEnrolment
from consentry.returns.actions.add_shipped_collectors import add_shipped_collectors
from consentry.returns.actions.give_consent import give_consent
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.models import Collector
from consentry.rules.return_runs import Run
from consentry.schools.models import Site
from tests.journeys.conftest import Oakfield, fill_in, open_context, sign_in
from tests.journeys.test_every_page_for_everyone import WIDTHS, check
from tests.journeys.test_signing_in import code_of, confirm
from tests.returns.by_operator import active
from tests.world import NOW, account_of, add_app, add_person, approve
from tests.world_partners import accepted_company, app_behind, report_of, waiting_company, wish_for
from tests.world_records import add_student, writing

pytestmark = pytest.mark.journey


def come_to_the_desk(page: Page, operator: User) -> None:
    """Sign in by password, and set up the authenticator app that the desk asks for."""
    page.goto("/operator/")
    fill_in(page, operator)
    page.get_by_role("link", name="Set up an authenticator app").click()
    confirm(page)
    page.get_by_label("Code").fill(code_of(page.locator("code.key").inner_text()))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/operator/")
    expect(page.get_by_role("heading", name="Operator’s desk")).to_be_visible()


def collector_with_a_failure(site: Site, by: User, slug: str) -> Collector:
    """The site consents to it, and its return of today is kept back: a pupil on roll is of no year group."""
    collector = active(slug, base_url=f"https://collector.example/{'returns-of-attendance/' * 6}v1")
    add_shipped_collectors(at=NOW)
    student = add_student(site)
    with writing(site) as every:
        EducationalInstitutionEnrolment.objects.create(student=student, entry_date=NOW.date(), **every)
    now = timezone.now()
    give_consent(site, collector.id, version=1, by=account_of(by, site), at=now)
    assert make_submission(site, collector.id, Wanted(Run.BY_HAND, timezone.localdate(now)), at=now)
    return collector


@pytest.mark.parametrize("width", WIDTHS)
def test_the_operators_desk(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    app = oakfield.timetabler.app
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        operator = add_person(oakfield.site, "Olu Day", None, email=f"olu@{oakfield.site.slug}.example")
    add_operator(operator, by=OPERATOR, at=NOW)
    company = waiting_company(f"Orchard{width} Apps")
    wish = wish_for(oakfield.site, oakfield.asha, at=timezone.now())
    trouble = report_of(approve(oakfield.timetabler, oakfield.asha), oakfield.asha)
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        come_to_the_desk(page, operator)
        check(page, "desk", width)
        for name in ("companies", "apps", "wishes", "troubles", f"troubles/{trouble.id}"):
            page.goto(f"/operator/{name}")
            check(page, f"desk-{name.replace('/', '-')}", width)
        page.goto(f"/operator/companies/{company.id}")
        check(page, "desk-company", width)
        page.get_by_role("link", name="Decline").click()
        page.get_by_role("button", name="Decline the company").click()
        check(page, "desk-decline-refused", width)
        page.get_by_label("The app competes with our own products").check()
        page.get_by_role("button", name="Decline the company").click()
        expect(page.get_by_text("is declined. Its contact is told by email.")).to_be_visible()
        page.goto(f"/operator/apps/{app.id}")
        check(page, "desk-app", width)
        page.get_by_role("link", name="Suspend everywhere").click()
        check(page, "desk-suspend", width)
        page.goto(f"/operator/wishes/{wish.id}")
        check(page, "desk-wish", width)
        page.get_by_role("link", name="Ask the school").click()
        page.get_by_label("Question").fill("Do you lend to staff as well?")
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.get_by_text("was asked. You find the answer here.")).to_be_visible()
        look_at_collectors(page, collector_with_a_failure(oakfield.site, oakfield.tom, f"attendance-{width}"), width)


def look_at_collectors(page: Page, collector: Collector, width: int) -> None:
    """The desk’s pages about collectors; asking for more says first what it ends."""
    here = f"/operator/collectors/{collector.slug}"
    for name, path in {"": "/operator/collectors", "-one": here, "-schools": f"{here}/schools"}.items():
        page.goto(path)
        check(page, f"desk-collector{name}", width)
    for act in ("secret", "suspend", "discontinue"):
        page.goto(f"{here}/{act}")
        check(page, f"desk-collector-{act}", width)
    page.goto(f"{here}/edit")
    page.get_by_label("Days before today that are told anew").fill("20")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It would ask for more than schools agreed to")).to_be_visible()
    check(page, "desk-collector-edit", width)
    page.get_by_label("The consent of schools may end").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 consent is ended, and the schools told.")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_partner_directory(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    own = oakfield.timetabler.app
    provider = add_app(f"{own.name} Hub", accepted_company(f"Hub{width} Ltd").name, kind=AppKind.DATA_PROVIDER)
    behind = app_behind(provider, f"Pod{width}", "Soundbite Learning")
    slug = oakfield.site.slug
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, f"/{slug}/directory")
        check(page, "directory", width)
        page.goto(f"/{slug}/directory?q=nonesuch")
        check(page, "directory-nothing", width)
        page.goto(f"/{slug}/directory/apps/{own.id}")
        check(page, "directory-app", width)
        page.goto(f"/{slug}/directory/apps/{provider.id}")
        check(page, "directory-provider", width)
        page.goto(f"/{slug}/directory/through/{behind.id}")
        check(page, "directory-behind", width)
        page.goto(f"/{slug}/directory/ask")
        page.get_by_label("Name of the app").fill(own.name)
        page.get_by_role("button", name="Ask for it").click()
        check(page, "directory-ask-refused", width)
        wish = wish_for(oakfield.site, oakfield.asha, at=timezone.now())
        ask_back(wish.id, "Do you lend to staff as well?", by=OPERATOR, at=timezone.now())
        page.goto(f"/{slug}/directory/wishes")
        check(page, "directory-wishes", width)
        page.goto(f"/{slug}/directory/wishes/{wish.id}")
        check(page, "directory-wish", width)
        page.get_by_label("Your answer").fill("To staff as well.")
        page.get_by_role("button", name="Answer").click()
        expect(page.get_by_text("Your answer is with the operator.")).to_be_visible()
        page.get_by_role("link", name="Withdraw").click()
        check(page, "directory-withdraw", width)
