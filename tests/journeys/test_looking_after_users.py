"""An administrator adds a colleague, gives and ends a role, shuts somebody out; the pages for it as axe sees them."""

import re

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, expect

from consentry.people.actions.add_roles import OFFICE
from consentry.people.actions.ask_email_change import ask_email_change
from consentry.people.actions.mail_email_changes import mail_email_changes
from consentry.people.actions.take_over_role import take_over_role
from tests.journeys.conftest import Oakfield, open_context, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, WIDTHS, check
from tests.people.staffroom import at_site, role

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_about_users(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    slug, site = oakfield.site.slug, oakfield.site
    asha, tom = at_site(oakfield.asha, site), at_site(oakfield.tom, site)
    office = role(site, OFFICE)
    take_over_role(site, office.id, by=asha, at=timezone.now())
    users, held = f"/{slug}/users", tom.assignments.get().id
    pages = {
        "users": users,
        "users-none": f"{users}?q=nobody",
        "user-add": f"{users}/add",
        "user": f"{users}/{tom.id}",
        "user-own": f"{users}/{asha.id}",
        "user-role-add": f"{users}/{tom.id}/roles/add",
        "user-role-end": f"{users}/{tom.id}/roles/{held}/end",
        "user-permission-add": f"{users}/{tom.id}/permissions/add",
        "user-disable": f"{users}/{tom.id}/disable",
        "user-email": f"{users}/{tom.id}/email",
        "user-profile-email": f"{users}/{tom.id}/profile-email",
        "permissions": f"/{slug}/permissions",
        "role": f"/{slug}/permissions/{office.id}",
        "role-product": f"/{slug}/permissions/{role(site, 'School Administrator').id}",
        "role-edit": f"/{slug}/permissions/{office.id}/edit",
        "role-rename": f"/{slug}/permissions/{office.id}/rename",
        "role-take-over": f"/{slug}/permissions/{role(site, 'School Administrator').id}/take-over",
    }
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, users)
        for each, path in pages.items():
            page.goto(path)
            check(page, each, width)
        page.goto(f"{users}/add")
        page.get_by_role("button", name="Add the user").click()
        expect(page.locator(".error-summary")).to_be_focused()
        check(page, "user-add-refused", width)
        page.goto(users)
        page.get_by_role("link", name="Tom Reed").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page, "user-slide-over", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_somebody_who_may_not(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    own = f"/{oakfield.site.slug}/users/{at_site(oakfield.tom, oakfield.site).id}"
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.tom, own)
        expect(page.get_by_role("button", name="Add a business role")).to_be_disabled()
        check(page, "user-own-office", width)


@pytest.mark.parametrize("width", DESK)
def test_the_link_of_a_change_of_email(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    tom = at_site(oakfield.tom, oakfield.site)
    ask_email_change(oakfield.site, tom.id, f"tom-{width}@example.com", by=tom, at=timezone.now())
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail_email_changes(base_url=address, at=timezone.now())
    link = re.search(r"/accounts/email-change/\S+", str(mail.outbox[-1].body))
    assert link is not None
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        page.goto(link[0])
        check(page, "email-change", width)
        page.get_by_role("button", name="Call it off").click()
        expect(page.get_by_role("heading", name="The change is called off")).to_be_visible()
        page.goto(link[0])
        check(page, "email-change-dead", width)


def test_a_colleague_is_added_given_a_role_and_shut_out(browser: Browser, address: str, oakfield: Oakfield) -> None:
    users = f"/{oakfield.site.slug}/users"
    mia = f"mia@{oakfield.site.slug}.example"
    with open_context(browser, address) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, users)
        page.get_by_role("link", name="Add a user").click()
        page.get_by_label("Name").fill("Mia Fox")
        page.get_by_label("Email").fill(mia)
        page.get_by_role("button", name="Add the user").click()
        expect(page.get_by_text(f"{mia} has access to Oakfield School now")).to_be_visible()

        page.get_by_role("link", name=mia).click()
        page.get_by_role("dialog").get_by_role("link", name="Add a business role").click()
        page.get_by_label("Business role").select_option("Office Staff")
        page.get_by_role("button", name="Add the role").click()
        expect(page.get_by_role("cell", name="Data Returns: Administer")).to_be_visible()

        page.get_by_role("link", name="Disable").click()
        expect(page.get_by_text("shut out of Oakfield School at their next click")).to_be_visible()
        page.get_by_role("button", name="Disable").click()
        expect(page.get_by_text("is disabled: their next click")).to_be_visible()
        page.goto(f"{users}?state=disabled")
        expect(page.get_by_role("link", name=mia)).to_be_visible()
