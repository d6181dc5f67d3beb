"""The table of what an app asks for can be read: all of it lies inside the panel or the page, at every width."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Locator, expect

from consentry.audit.actor import OPERATOR
from consentry.connections.models import Connection
from consentry.partners.app_file import read_app_file
from consentry.people.models import User
from consentry.schools.models import Life
from consentry.workflows.enrol_app import enrol_app
from tests.journeys.conftest import open_context, picture, sign_in
from tests.world import add_person, add_school, ask

pytestmark = pytest.mark.journey

EXAMPLES = Path(__file__).parents[2] / "examples" / "apps"
WIDTHS = [pytest.param(width, id=f"{width}px") for width in (1280, 390)]


@dataclass(frozen=True)
class Dummy:
    """A dummy site that every example app asks: one that is not live can be connected there."""

    person: User
    asked: dict[str, Connection]


@pytest.fixture(scope="module")
def dummy(browser: Browser, address: str) -> Dummy:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        site = add_school("oakfield-dummy", "Oakfield School", life=Life.DUMMY)
        person = add_person(site, "Asha Patel")
    files = sorted(EXAMPLES.glob("*.toml"))
    apps = [enrol_app(read_app_file(file.read_bytes()), by=OPERATOR, at=timezone.now()).app for file in files]
    return Dummy(person, {app.name: ask(app, site, at=timezone.now()) for app in apps})


def outside(parts: Locator, frame: Locator) -> list[str]:
    """The texts of the parts that are not wholly within the frame, from side to side: what is clipped counts too."""
    around = frame.bounding_box()
    assert around is not None
    found = []
    for part in parts.all():
        box = part.bounding_box()
        assert box is not None
        if box["x"] < around["x"] or box["x"] + box["width"] > around["x"] + around["width"]:
            found.append(part.inner_text())
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["Lunchline", "Quiet Room", "Class Sync", "Data Bridge", "Mail Keeper"])
def test_every_tick_lies_within_the_panel_and_the_page(
    browser: Browser, address: str, dummy: Dummy, name: str, width: int
) -> None:
    asked = dummy.asked[name]
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, dummy.person, "/oakfield-dummy/partner-apps/pending")
        page.get_by_role("link", name=name, exact=True).click()
        dialog = page.get_by_role("dialog")
        panel = dialog.locator(".slide-over__body")
        expect(panel.locator(".tick").first).to_be_attached()
        picture(page, f"{width}-slide-over-{name}")
        assert outside(panel.locator(".tick, .fields, .special"), panel.locator(".table-frame")) == []

        page.goto(f"/oakfield-dummy/partner-apps/{asked.id}")
        picture(page, f"{width}-app-{name}")
        assert outside(page.locator("main .tick, main .fields, main .special"), page.locator("main .table-frame")) == []


def test_how_much_of_medical_data_is_special_is_said_in_short(browser: Browser, address: str, dummy: Dummy) -> None:
    with open_context(browser, address) as context:
        page = context.new_page()
        sign_in(page, dummy.person, "/oakfield-dummy/partner-apps/pending")
        page.get_by_role("link", name="Lunchline", exact=True).click()
        medical = page.get_by_role("dialog").get_by_role("row", name="Medical conditions")

        expect(medical.get_by_text("8 of 10 fields are special category data")).to_be_visible()
        expect(medical.get_by_text("Yes")).to_have_count(1)
