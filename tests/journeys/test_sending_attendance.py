"""Attendance goes to a collector: consent, a tick, a failure, a changed mark that is sent again, and the end of it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from consentry.audit.actor import OPERATOR
from consentry.collector.serving import Running
from consentry.returns.actions.discontinue_collector import discontinue_collector
from consentry.returns.actions.end_consents import end_consents
from tests.jobs import run_jobs
from tests.journeys.conftest import open_context, picture, sign_in
from tests.journeys.test_every_page_for_everyone import DESK
from tests.returns.a_collector import AtCollector
from tests.returns.conftest import collector_side, running
from tests.returns.recent_school import Oakfield, open_school, working_day

__all__ = ["collector_side", "running"]

pytestmark = pytest.mark.journey


@pytest.fixture
def school(address: str, running: Running, request: pytest.FixtureRequest) -> Iterator[Oakfield]:
    """A school whose registers of the last two weeks are taken, and jobs that trust the collector's certificate."""
    width = request.node.callspec.params["width"]
    trusting = replace(settings.CONFIG, collector_ca=running.ca_file)
    hashers = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with override_settings(CONFIG=trusting, PASSWORD_HASHERS=hashers):
        made = open_school(running, f"oakfield-{width}", slug=f"daily-{width}", name=f"Daily attendance {width}")
        made.present(*(working_day(back) for back in range(9, 0, -1)))
        yield made


def newest(page: Page, address: str) -> str:
    """What the newest submission of the list says; the jobs have done what there was to do."""
    run_jobs()
    page.goto(address)
    return page.get_by_role("table", name="Submissions, the newest first").get_by_role("row").nth(1).inner_text()


@pytest.mark.parametrize("width", DESK)
def test_attendance_is_sent_from_consent_to_the_end(
    browser: Browser, address: str, school: Oakfield, collector_side: AtCollector, width: int
) -> None:
    """DS-01, DS-02, DS-04, DS-13, DS-14: all of seed 003 by somebody who clicks."""
    here = f"/{school.site.slug}/data/export/attendance-api-submissions/{school.collector.slug}"
    yesterday = working_day(1)
    with open_context(browser, address, width=width, scripts=width > 1000) as context:
        page = context.new_page()
        sign_in(page, school.asha, here)
        page.get_by_role("link", name="Give consent").click()
        page.get_by_role("button", name="Give consent").click()
        expect(page.get_by_text(f"Your school has given consent to Daily attendance {width}")).to_be_visible()
        page.get_by_role("button", name="Send now").click()
        expect(page.get_by_text("It is on its way")).to_be_visible()
        assert "Received" in newest(page, here)
        picture(page, f"{width}-submission-received")

        collector_side.fault("bad_token", times=None)
        page.get_by_role("button", name="Send now").click()
        assert "Not received" in newest(page, here)
        page.get_by_role("link", name="By hand, Not received").click()
        expect(page.get_by_text("What to do")).to_be_visible()
        picture(page, f"{width}-submission-failed")
        collector_side.fault("none", times=None)

        page.goto(f"/{school.site.slug}/attendance/registers/none/{yesterday}/AM")
        page.get_by_label("Mark of L0, F0").select_option("I")
        page.get_by_label("Reason for changes").fill("The mother rang")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("1 mark changed.")).to_be_visible()
        page.goto(here)
        page.get_by_role("button", name="Send now").click()
        assert "Received" in newest(page, here)
        page.get_by_role("link", name="By hand, Received").first.click()
        changed = page.get_by_role("row").filter(has=page.get_by_role("cell", name="I", exact=True))
        expect(changed).to_contain_text("AM")
        picture(page, f"{width}-submission-changed")
        held = {day["date"]: day for day in collector_side.days(str(school.site.urn))}
        codes = {each["code"]: each["count"] for each in held[f"{yesterday}"]["sessions"][0]["marks"]}
        assert codes == {"/": 5, "I": 1}

        discontinue_collector(school.collector.id, "Nothing is collected any more.", by=OPERATOR, at=timezone.now())
        end_consents(at=timezone.now())
        page.goto(here)
        expect(page.get_by_text("Important notice on this feature")).to_be_visible()
        expect(page.get_by_text("Nothing is collected any more.")).to_be_visible()
        expect(page.get_by_role("button", name="Send now")).to_have_count(0)
        expect(page.get_by_role("link", name="Give consent")).to_have_count(0)
        expect(page.get_by_role("link", name="By hand, Received").first).to_be_visible()
        picture(page, f"{width}-submissions-discontinued")
