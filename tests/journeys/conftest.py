"""A real server with a real browser in front of it. Skipped, visibly, where no Chromium is installed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg.conninfo
import pytest
import requests
from django.db import connections
from django.test import override_settings
from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from consentry.connections.models import Connection
from consentry.partners.actions.publish_version import ALL_FIELDS, AskedRow
from consentry.people.actions.add_roles import OFFICE
from consentry.people.models import User
from consentry.schools.models import Site
from tests.world import EMAILS, PASSWORD, READ, STUDENTS, add_app, add_person, add_school, ask

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SCREENSHOTS = os.environ.get("CONSENTRY_SCREENSHOTS")
"""A folder to keep pictures in; docs/screenshot.png is `slide-over.png` of it."""

_SECONDS_TO_START = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(var: Path, address: str) -> dict[str, str]:
    """What the server is started with: this test's database, and a folder of its own."""
    parts = connections["default"].settings_dict
    url = psycopg.conninfo.make_conninfo(
        host=parts["HOST"], port=parts["PORT"], user=parts["USER"], password=parts["PASSWORD"], dbname=parts["NAME"]
    )
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "consentry.project.settings",
        "CONSENTRY_VAR": str(var),
        "CONSENTRY_SECRET_KEY": "journeys-" + "x" * 50,
        "CONSENTRY_FIELD_KEY": "f" * 60,
        "CONSENTRY_BASE_URL": address,
        "CONSENTRY_WORKERS": "1",
    }


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(f"{address}/health", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    pytest.fail("the server did not start")


@pytest.fixture(scope="module")
def host() -> str:
    """The name by which the browser calls the server."""
    return "127.0.0.1"


@pytest.fixture(scope="module")
def address(module_database: str, tmp_path_factory: pytest.TempPathFactory, host: str) -> Iterator[str]:
    """Where the server of this module's journeys answers."""
    port = _free_port()
    called = f"http://{host}:{port}"
    command = [sys.executable, "-c", "from consentry.project.command_line import main; main()"]
    environment = _environment(tmp_path_factory.mktemp("var"), called)
    process = subprocess.Popen([*command, "serve", "--only", "web", "--port", str(port)], env=environment)
    try:
        _wait(called, process)
        yield called
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all journeys; each opens windows of its own, which know nothing of each other."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed: the journeys need one")
    # Playwright keeps an event loop in this thread, beside which rows are made; tests of other folders go without.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass(frozen=True)
class Oakfield:
    """A school whose data manager decides on an app."""

    site: Site
    asha: User
    tom: User
    timetabler: Connection

    @property
    def pending(self) -> str:
        """The address of its pending requests."""
        return f"/{self.site.slug}/partner-apps/pending"


ASKED = (
    STUDENTS,
    AskedRow("Person", ["title", "legalFirstName", "legalLastName", "dateOfBirth"], READ),
    AskedRow("RegistrationForm", ALL_FIELDS, READ),
    AskedRow("Staff", ["person", "staffNumber"], READ),
    EMAILS,
)
APPS = [
    "Timetabler", "Lunchline", "Parent Post", "Cover Desk", "Room Planner", "Bell Ringer", "Trip Slip", "Book Loan",
    "Club Call", "Kit List",
]  # fmt: skip


@pytest.fixture(scope="module")
def app_names() -> Iterator[str]:
    """A name for the app of each journey of a module, the first as in the README's picture."""
    return iter(APPS)


@pytest.fixture
def oakfield(address: str, app_names: Iterator[str]) -> Oakfield:
    """A school of this journey's own, with people whose passwords the server can check."""
    app = next(app_names)
    slug = f"oakfield-{slugify(app)}"
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        site = add_school(slug, "Oakfield School")
        asha = add_person(site, "Asha Patel", email=f"asha@{slug}.example")
        tom = add_person(site, "Tom Reed", OFFICE, email=f"tom@{slug}.example")
    return Oakfield(site, asha, tom, ask(add_app(app, rows=ASKED, at=timezone.now()), site, at=timezone.now()))


def open_context(browser: Browser, address: str, *, width: int = 1280, scripts: bool = True) -> BrowserContext:
    """A browser window of this width, with or without scripts."""
    return browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )


def sign_in(page: Page, user: User, then: str) -> None:
    """Sign in by the form, on the way to this page."""
    page.goto(then)
    fill_in(page, user)
    page.wait_for_url(f"**{then}")


def fill_in(page: Page, user: User) -> None:
    """Send the sign-in form that is open."""
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page when a folder for pictures is named."""
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page="slide-over" not in name)
