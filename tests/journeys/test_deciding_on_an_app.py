"""A data manager decides on an app: with scripts, without them, and by keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Oakfield, fill_in, open_context, picture, sign_in

pytestmark = pytest.mark.journey


def approve_again_under_rejected(page: Page, oakfield: Oakfield, app: str) -> None:
    page.goto(oakfield.pending)
    page.get_by_role("link", name="Rejected Apps").click()
    page.get_by_role("link", name=app, exact=True).click()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status").first).to_contain_text("moved to Approved Apps")


def test_approve_reject_and_approve_again_in_the_slide_over(browser: Browser, address: str, oakfield: Oakfield) -> None:
    app = oakfield.timetabler.app.name
    with open_context(browser, address) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        sign_in(page, oakfield.asha, oakfield.pending)
        page.get_by_role("link", name=app, exact=True).click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Ethnicity: special category data")
        expect(dialog.get_by_role("row", name="Email addresses").get_by_text("Yes")).to_have_count(2)
        picture(page, "slide-over")
        dialog.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("status").first).to_contain_text(f"{app} moved to Approved Apps")

        page.get_by_role("link", name="Approved Apps").click()
        page.get_by_role("link", name=app, exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="Reject").click()
        expect(page.get_by_role("status").first).to_contain_text("Its access has ended")

        approve_again_under_rejected(page, oakfield, app)
        assert faults == []


def test_cancel_leaves_everything_as_it_was(browser: Browser, address: str, oakfield: Oakfield) -> None:
    with open_context(browser, address) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, oakfield.pending)
        page.get_by_role("link", name=oakfield.timetabler.app.name, exact=True).click()
        page.get_by_role("dialog").get_by_role("link", name="Cancel").click()

        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_url(f"{address}{oakfield.pending}")
        expect(page.get_by_role("link", name="Pending requests 1")).to_be_visible()


def test_everything_works_without_scripts(browser: Browser, address: str, oakfield: Oakfield) -> None:
    app = oakfield.timetabler.app.name
    with open_context(browser, address, scripts=False) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, oakfield.pending)
        page.get_by_role("link", name=app, exact=True).click()
        expect(page.get_by_role("heading", name=app, level=1)).to_be_visible()
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("status").first).to_contain_text("moved to Approved Apps")
        page.get_by_role("button", name="Reject").click()
        expect(page.get_by_role("status").first).to_contain_text("moved to Rejected Apps")

        approve_again_under_rejected(page, oakfield, app)


def test_everything_works_by_keyboard(browser: Browser, address: str, oakfield: Oakfield) -> None:
    app = oakfield.timetabler.app.name
    with open_context(browser, address) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, oakfield.pending)
        row = page.get_by_role("link", name=app, exact=True)

        tab_to(page, row)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(row).to_be_focused()

        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("dialog").get_by_role("button", name="Approve"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("moved to Approved Apps")


def tab_to(page: Page, wanted: object) -> None:
    """Press Tab until this is focused."""
    for _ in range(60):
        if wanted.evaluate("each => each === document.activeElement"):  # type: ignore[attr-defined]
            return
        page.keyboard.press("Tab")
    pytest.fail("Tab does not lead there")


def test_who_may_not_decide_sees_why(browser: Browser, address: str, oakfield: Oakfield) -> None:
    with open_context(browser, address) as context:
        page = context.new_page()
        sign_in(page, oakfield.tom, oakfield.pending)
        page.get_by_role("link", name=oakfield.timetabler.app.name, exact=True).click()
        dialog = page.get_by_role("dialog")

        expect(dialog).to_contain_text("School: User Accounts: Administer")
        expect(dialog.get_by_role("button", name="Approve")).to_be_disabled()
        expect(dialog.get_by_role("button", name="Reject")).to_be_disabled()


@pytest.mark.parametrize("scripts", [pytest.param(True, id="scripts"), pytest.param(False, id="no-scripts")])
def test_a_session_that_ends_before_the_button_is_pressed_costs_a_sign_in_and_nothing_else(
    browser: Browser, address: str, oakfield: Oakfield, *, scripts: bool
) -> None:
    app = oakfield.timetabler.app.name
    with open_context(browser, address, scripts=scripts) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, oakfield.pending)
        page.get_by_role("link", name=app, exact=True).click()
        expect(page.get_by_role("button", name="Reject")).to_be_visible()
        context.clear_cookies(name="session")
        page.get_by_role("button", name="Reject").click()
        fill_in(page, oakfield.asha)

        expect(page.get_by_role("heading", name=app, level=1)).to_be_visible()
        page.get_by_role("button", name="Reject").click()
        expect(page.get_by_role("status").first).to_contain_text("moved to Rejected Apps")
