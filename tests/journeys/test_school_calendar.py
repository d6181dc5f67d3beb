"""The school calendar in a browser: an afternoon's closure is entered, seen in the picture, changed and removed."""

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from consentry.audit.actor import OPERATOR
from consentry.people.actions.add_calendar_entry import add_calendar_entry
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from tests.journeys.conftest import Oakfield, open_context, sign_in
from tests.journeys.test_every_page_for_everyone import WIDTHS, check
from tests.world import NOW

pytestmark = pytest.mark.journey

TERM, HALF_TERM, CLOSURE, _ = EntryKind
ENTRIES = (
    CalendarEntry(TERM, date(2026, 9, 1), date(2026, 12, 18), name="Autumn term"),
    CalendarEntry(HALF_TERM, date(2026, 10, 26), date(2026, 10, 30)),
    CalendarEntry(TERM, date(2027, 1, 4), date(2027, 3, 26), name="Spring term"),
    CalendarEntry(HALF_TERM, date(2027, 2, 15), date(2027, 2, 19)),
    CalendarEntry(CLOSURE, date(2026, 9, 1), date(2026, 9, 1), name="INSET"),
)
PICTURED = "Friday 13 November 2026. Open: the morning only: Early close"


def _calendar(oakfield: Oakfield) -> str:
    for each in ENTRIES:
        add_calendar_entry(oakfield.site, each, by=OPERATOR, at=NOW)
    return f"/{oakfield.site.slug}/calendar?year=2026"


def _type_closure(page: Page) -> None:
    page.get_by_role("radio", name="Closure").check()
    page.get_by_label("First day").fill("2026-11-13")
    page.get_by_label("Afternoon only").check()
    page.get_by_label("Name").fill("Early close")
    page.get_by_role("button", name="Save").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_afternoon_is_closed_and_opened_again(
    browser: Browser, address: str, oakfield: Oakfield, width: int
) -> None:
    calendar = _calendar(oakfield)
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, calendar)
        check(page, "calendar", width)
        page.get_by_role("link", name="Add to the calendar").click()
        expect(page.get_by_role("dialog", name="Add to the calendar")).to_be_visible()
        check(page, "calendar-add-slide-over", width)
        _type_closure(page)

        expect(page.get_by_role("status").first).to_contain_text("Entered: Early close, 13 November 2026, PM.")
        expect(page.get_by_title(PICTURED)).to_have_text("13am")
        page.get_by_role("link", name="Closure, Early close").click()
        expect(page.get_by_role("dialog", name="Change or remove")).to_be_visible()
        check(page, "calendar-change-slide-over", width)
        page.get_by_role("button", name="Remove from the calendar").click()

        expect(page.get_by_role("status").first).to_contain_text("Removed: Early close")
        expect(page.get_by_title(PICTURED)).to_have_count(0)
        page.goto(f"/{oakfield.site.slug}/calendar/add")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("There is a problem")).to_be_visible()
        check(page, "calendar-add-refused", width)
        page.goto(f"/{oakfield.site.slug}/calendar/import")
        page.get_by_label("File of term dates").set_input_files(
            {"name": "terms.csv", "mimeType": "text/csv", "buffer": b"kind,first_day,last_day,session,name\nx,y,,,\n"}
        )
        page.get_by_role("button", name="Import").click()
        expect(page.get_by_text("This must be term, half-term, closure or open.")).to_be_visible()
        check(page, "calendar-import-refused", width)


def test_without_scripts_it_is_a_page_of_its_own(browser: Browser, address: str, oakfield: Oakfield) -> None:
    calendar = _calendar(oakfield)
    with open_context(browser, address, scripts=False) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, calendar)
        page.get_by_role("link", name="Add to the calendar").click()
        _type_closure(page)

        expect(page.get_by_title(PICTURED)).to_have_text("13am")
