"""A company's first day: it registers by the mailed link, adds an app, and sees it answer from its own sandbox."""

import io
import re

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.mail_company_links import mail_company_links
from consentry.partners.models import App, AppKind, Company
from consentry.project.jobs import open_sandboxes
from consentry.workflows.publish_permission_set import publish_permission_set
from tests.journeys.conftest import open_context
from tests.journeys.test_every_page_for_everyone import WIDTHS, check
from tests.partners.company_world import registered
from tests.web.partners.conftest import own_app
from tests.world import PASSWORD, STUDENTS

pytestmark = pytest.mark.journey


def mailed_link(address: str) -> str:
    """The link that is mailed now."""
    before = len(mail.outbox)
    mail_company_links(base_url=address, at=timezone.now())
    found = re.search(r"https?://\S+/partners/join/\S+", str(mail.outbox[before].body))
    assert found is not None
    return found[0]


def logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), (160, 44, 34)).save(out, "PNG")
    return out.getvalue()


def fill(page: Page, **typed: str) -> None:
    """Type into the fields of these labels."""
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def test_a_company_on_its_first_day(browser: Browser, address: str, module_database: str) -> None:
    with open_context(browser, address) as context:
        page = context.new_page()
        page.goto("/partners/")
        page.get_by_role("link", name="Register a company").click()
        fill(page, Email="mo@bell.example")
        page.get_by_role("button", name="Mail me the link").click()
        expect(page.get_by_role("heading", name="Check your email")).to_be_visible()

        page.goto(mailed_link(address))
        page.get_by_role("button", name="Register").click()
        expect(page.locator(".error-summary")).to_be_focused()
        fill(page, Your_name="Mo Bell", Choose_a_password=PASSWORD, Name_of_the_company="Bell Ltd")
        fill(page, Website="https://bell.example", Who_schools_contact="Mo Bell", Data_protection_contact="Ada Finch")
        fill(page, Email_for_schools="help@bell.example", Email_for_data_protection="help@bell.example")
        fill(page, Privacy_notice="https://bell.example/privacy")
        page.get_by_role("button", name="Register").click()
        fill(page, Email="mo@bell.example", Password=PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="Bell Ltd")).to_be_visible()

        page.get_by_role("link", name="Your sandbox is being made").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        open_sandboxes()
        expect(page.get_by_role("link", name="Open the sandbox")).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_company(browser: Browser, address: str, module_database: str, width: int) -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        jo = registered(f"Acme {width} Ltd", f"jo{width}@acme.example")
    making = own_app(jo, f"Timetabler {width}")
    bridge = own_app(jo, f"Data Bridge {width}", AppKind.DATA_PROVIDER)
    home = f"/partners/{jo.company_id}"
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        for name, path in {"partners": "/partners/", "partners-register": "/partners/register"}.items():
            page.goto(path)
            check(page, name, width)
        page.goto(f"{home}/sandbox")
        fill(page, Email=jo.user.email, Password=PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        check(page, "company-sandbox-making", width)
        open_sandboxes()
        expect(page.get_by_text("Base URL for programs")).to_be_visible(
            timeout=20_000
        )  # the page comes to it by itself
        app = App.objects.select_related("company__sandbox").get(id=making.id)
        publish_permission_set(app, [STUDENTS], note="First", by=OPERATOR, at=timezone.now())
        page.goto(f"{home}/apps/{app.id}/logo")
        page.get_by_label("Logo").set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": logo()})
        page.get_by_role("button", name="Use this logo").click()
        page.goto(f"{home}/apps/{app.id}/secrets")
        page.get_by_role("button", name="Issue a secret").click()
        check(page, "company-secret-issued", width)
        pages = {
            "company": "/", "company-apps": "/apps", "company-app-new": "/apps/new", "company-sandbox": "/sandbox",
            "company-details": "/details", "company-details-edit": "/details/edit", "company-members": "/members",
            "company-invite": "/members/invite", "company-history": "/history", "company-app": f"/apps/{app.id}",
            "company-app-edit": f"/apps/{app.id}/edit", "company-logo": f"/apps/{app.id}/logo",
            "company-secrets": f"/apps/{app.id}/secrets", "company-schools": f"/apps/{app.id}/schools",
            "company-console": f"/apps/{app.id}/console", "company-call": f"/apps/{app.id}/console/Student",
            "company-submit": f"/apps/{app.id}/submit", "company-behind": f"/apps/{bridge.id}/behind",
            "company-behind-add": f"/apps/{bridge.id}/behind/add",
        }  # fmt: skip
        for name, path in pages.items():
            page.goto(f"{home}{path}")
            check(page, name, width)
        assert Company.objects.filter(sandbox=None).count() <= 1
