"""axe finds nothing on the pages of attendance submissions, whatever stands on them."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, expect

from consentry.collector.serving import Running
from consentry.rules.collectors import CollectorStatus
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import Run
from tests.journeys.conftest import open_context, sign_in
from tests.journeys.test_every_page_for_everyone import WIDTHS, check
from tests.returns.a_collector import AtCollector, changed
from tests.returns.conftest import collector_side, running
from tests.returns.recent_school import Oakfield, open_school, working_day

__all__ = ["collector_side", "running"]

pytestmark = pytest.mark.journey


@pytest.fixture
def busy(address: str, running: Running, collector_side: AtCollector, request: pytest.FixtureRequest) -> Oakfield:
    """A school of which something was received, refused, kept back and called off, and something waits."""
    width = request.node.callspec.params["width"]
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        school = open_school(running, f"oakfield-{width}", slug=f"daily-{width}", name=f"Daily attendance {width}")
    now = timezone.now()
    school.consent(now - timedelta(days=20))
    school.present(*(working_day(back) for back in range(14, 1, -1)))
    school.make(Run.MORNING, working_day(5), now - timedelta(days=7))
    school.send()
    school.mark(working_day(3), "AM", "IM  ")
    school.make(Run.AFTERNOON, working_day(1), now - timedelta(days=2))
    school.send()
    school.mark(working_day(14), "AM", "II")
    school.mark(working_day(2), "PM", "N")
    school.make(Run.BY_HAND, working_day() + timedelta(days=7), now - timedelta(hours=3))
    assert school.send() is Outcome.REFUSED
    collector_side.fault("error")
    school.make(Run.MORNING, working_day(0), now - timedelta(hours=2))
    school.send()
    return school


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_submissions(browser: Browser, address: str, busy: Oakfield, width: int) -> None:
    here = f"/{busy.site.slug}/data/export/attendance-api-submissions/{busy.collector.slug}"
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, busy.asha, here)
        check(page, "submissions", width)
        for number, each in enumerate(busy.submissions):
            page.goto(f"{here}/{each.id}")
            page.locator("details.disclosure").first.evaluate("each => each.open = true")
            check(page, f"submission-{number}-{each.state}", width)
        page.goto(f"{here}/today")
        check(page, "submissions-today", width)
        page.goto(here)
        page.get_by_role("link", name="By hand, Not received").click()
        expect(page.get_by_role("dialog").get_by_text("What to do")).to_be_visible()
        check(page, "slide-over-submission", width)
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Remove consent").click()
        check(page, "slide-over-remove-consent", width)
        page.get_by_role("dialog").get_by_role("button", name="Remove consent").click()
        expect(page.get_by_text("Asha Patel removed your school’s consent")).to_be_visible()
        page.get_by_role("link", name="Give consent").click()
        check(page, "slide-over-give-consent", width)

        busy.add_pupil(year_group=False)
        page.goto(f"{here}/today")
        check(page, "submissions-today-kept-back", width)
        changed(busy.collector, status=CollectorStatus.DISCONTINUED, notice="Nothing is asked for any more.")
        page.goto(here)
        expect(page.get_by_text("Important notice on this feature")).to_be_visible()
        check(page, "submissions-discontinued", width)
