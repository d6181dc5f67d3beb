"""The connect link in a real browser, for a real OAuth client: password, authenticator app, consent, tokens."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from consentry.partners.actions.issue_secret import issue_secret
from consentry.partners.actions.set_redirect_uris import set_redirect_uris
from tests.journeys.conftest import Oakfield, _free_port, fill_in, open_context
from tests.journeys.test_every_page_for_everyone import DESK, WIDTHS, check
from tests.journeys.test_signing_in import at_a_browser, code_of, confirm, demanding, sign_out
from tests.world import acting
from tests.world_records import add_students

__all__ = ["demanding"]

pytestmark = pytest.mark.journey

PROGRAM = Path(__file__).parents[2] / "examples" / "connect_app" / "connect_app.py"


@pytest.fixture
def program(address: str, oakfield: Oakfield) -> "Iterator[subprocess.Popen[str]]":
    """The example, which has printed nothing yet, as the journey's app."""
    app, port = oakfield.timetabler.app, _free_port()
    set_redirect_uris(app, [f"http://127.0.0.1:{port}/callback"], by=acting(app), at=timezone.now())
    secret = issue_secret(app, by=acting(app), at=timezone.now())
    running = subprocess.Popen(
        [sys.executable, PROGRAM, "--base-url", address, "--port", str(port)],
        env=os.environ | {"APPLICATION_USER": app.application_user, "APPLICATION_SECRET": secret},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield running
    running.kill()
    running.communicate()


def link_of(program: "subprocess.Popen[str]") -> str:
    """What the program asks to be opened."""
    assert program.stdout is not None
    line = program.stdout.readline()
    assert line.startswith("Open this address and approve: "), line
    return line.rpartition(" ")[2].strip()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_app_is_connected_by_link(
    browser: Browser, address: str, demanding: Oakfield, program: "subprocess.Popen[str]", width: int
) -> None:
    """Issue: a real OAuth client library does the whole connect flow, in a browser, with a second factor."""
    add_students(demanding.site, 3)
    name, app = demanding.site.name, demanding.timetabler.app.name
    with at_a_browser(browser, address, width) as page:
        page.goto(demanding.pending)
        fill_in(page, demanding.asha)
        page.get_by_role("link", name="Set up an authenticator app").click()
        confirm(page)
        secret = page.locator("code.key").inner_text()
        page.get_by_label("Code").fill(code_of(secret))
        page.get_by_role("button", name="Set up the app").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        sign_out(page)

        page.goto(link_of(program))
        expect(page.get_by_role("heading", name=f"Connect {app} to your school")).to_be_visible()
        check(page, "connect-sign-in", width)
        page.get_by_role("link", name="Sign in with email and password").click()
        fill_in(page, demanding.asha)
        page.get_by_label("Code").fill(code_of(secret))
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name=f"Connect {app} to {name}?")).to_be_visible()
        check(page, "connect-consent", width)
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("heading", name="Connect App has its answer")).to_be_visible()

        told, faults = program.communicate(timeout=60)
        assert (program.returncode, faults) == (0, "")
        assert re.search(rf"Connected to {address}/{demanding.site.slug}: read 3 students", told)
        assert "Renewed (a new refresh token): read 3 students" in told
        page.goto(f"{address}/{demanding.site.slug}/partner-apps/approved")
        page.get_by_role("link", name=app).click()
        expect(page.get_by_text("Connected by link by Asha Patel")).to_be_visible()
        page.get_by_role("link", name=f"All about {app}").click()
        check(page, "app-by-link", width)
        page.get_by_role("link", name="End these tokens").click()
        check(page, "app-end-tokens", width)


@pytest.mark.parametrize("width", DESK)
def test_who_may_not_approve_and_who_cancels(
    browser: Browser, address: str, oakfield: Oakfield, program: "subprocess.Popen[str]", width: int
) -> None:
    """Each precondition that fails has its page; Cancel tells the app."""
    link = link_of(program)
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        page.goto(link.replace("redirect_uri=", "redirect_uri=x"))
        check(page, "connect-broken", width)
        page.goto(link)
        page.get_by_role("link", name="Sign in with email and password").click()
        fill_in(page, oakfield.tom)
        expect(page.get_by_text("Ask Asha Patel, who can")).to_be_visible()
        check(page, "connect-not-permitted", width)
        sign_out(page)
        page.goto(link)
        page.get_by_label("Single sign-on? Name your school").fill("nowhere")
        page.get_by_role("button", name="Go to your school’s sign-in").click()
        check(page, "connect-sign-in-wrong", width)
        page.get_by_label("Single sign-on? Name your school").fill(oakfield.site.slug)
        page.get_by_role("button", name="Go to your school’s sign-in").click()
        fill_in(page, oakfield.asha)
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("heading", name="Connect App has its answer")).to_be_visible()

    _, faults = program.communicate(timeout=60)
    assert (program.returncode, faults) == (1, "Not connected: The person did not approve.\n")
