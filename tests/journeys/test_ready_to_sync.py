"""A company says what its app's sync needs; the school sees which records are left, and where to mend them."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Oakfield, open_context, sign_in
from tests.journeys.test_asking_for_more import company
from tests.journeys.test_every_page_for_everyone import DESK, check
from tests.world_current import fill

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", DESK)
def test_from_what_is_needed_to_what_is_left(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    member, asks = company(oakfield)
    fill(oakfield.site)
    needs = asks.replace("permission-set", "needs")
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, member.user, needs)
        check(page, "needs-none", width)
        page.get_by_role("link", name="Say what it needs").click()
        page.get_by_role("checkbox", name="Every course has a subject").check()
        page.get_by_role("checkbox", name="Every pupil on roll has a UPN").check()
        page.get_by_role("textbox", name="Every course has a subject").fill("We sort classes by subject.")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("Say why your sync needs it: Every pupil on roll has a UPN.")
        check(page, "needs-wrong", width)
        page.get_by_role("textbox", name="Every pupil on roll has a UPN").fill("We know pupils by it.")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status").first).to_contain_text("Saved")
        check(page, "needs-declared", width)
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, f"/{oakfield.site.slug}/partner-apps/approved")
        page.get_by_role("link", name=f"Lunchline {oakfield.site.slug}").first.click()
        slide_over = page.get_by_role("dialog")
        expect(slide_over).to_contain_text("Ready to sync")
        slide_over.get_by_text("Every course has a subject", exact=False).first.scroll_into_view_if_needed()
        check(page, "ready-to-sync", width)
        slide_over.get_by_role("link", name="Not yet: 2 of 3 courses").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Every course has a subject")
        expect(page.get_by_role("link", name="Set subjects")).to_be_visible()
        check(page, "ready-to-sync-courses", width)
        page.get_by_label("Search by name").fill("chess")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_text("7A Maths")).to_have_count(0)
        page.goto(page.url.replace("course-subjects", "pupil-upns").partition("?")[0])
        check(page, "ready-to-sync-pupils", width)
        page.goto(page.url.replace("pupil-upns", "course-subjects"))
        page.get_by_role("link", name="Set subjects").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Courses")
        expect(page.get_by_text("Chess club").first).to_be_visible()
