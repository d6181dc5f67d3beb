"""A data manager takes the school from its dummy site to the live one, without a script, at a desk and by phone."""

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, expect

from consentry.people.models import User
from consentry.schools.models import Life, Site
from tests.imports.applied import FRIDAY, MONDAY, apply_ctf, apply_marks, apply_oneroster, sample_of
from tests.journeys.conftest import open_context, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, check
from tests.world import add_app, add_person, add_school, approve, ask

pytestmark = pytest.mark.journey


def fill(site: Site, pupils: int) -> None:
    """Import the files of an invented school."""
    school = sample_of(site, pupils)
    apply_ctf(site, school)
    apply_oneroster(site, school)
    apply_marks(site, school.marks(MONDAY, FRIDAY))


def dummy_site(slug: str) -> tuple[Site, User]:
    """A dummy site that is filled, with an app that is approved, and the person who approved it."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        site = add_school(slug, "Elmwood School", life=Life.DUMMY)
        lee = add_person(site, "Lee Hart", email=f"lee@{slug}.example")
    fill(site, 12)
    approve(ask(add_app(f"Timetabler {slug}", is_live=False), site), lee, at=timezone.now())
    return site, lee


@pytest.mark.parametrize("width", DESK)
def test_a_school_goes_live(browser: Browser, address: str, width: int) -> None:
    site, lee = dummy_site(f"elmwood-{width}")
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, lee, f"/{site.slug}/migration")
        check(page, "migration-before", width)
        page.get_by_label("Name of this site").fill("Elmwod")
        page.get_by_role("button", name="Wipe this site").click()
        expect(page.get_by_role("alert")).to_be_focused()
        check(page, "migration-wrong-name", width)

        page.get_by_label("Name of this site").fill("Elmwood School")
        page.get_by_role("button", name="Wipe this site").click()
        expect(page.get_by_role("status").first).to_contain_text("Elmwood School was wiped")
        expect(page.get_by_role("region", name="Dummy site")).to_have_count(0)
        check(page, "migration-wiped", width)

        fill(site, 10)
        page.goto(f"/{site.slug}/migration")
        check(page, "migration-since", width)
        page.get_by_role("link", name="All that was not matched").click()
        expect(page.get_by_role("heading", name="Not matched")).to_be_visible()
        check(page, "migration-not-matched", width)


def test_the_same_without_scripts(browser: Browser, address: str) -> None:
    site, lee = dummy_site("elmwood-plain")
    with open_context(browser, address, scripts=False) as context:
        page = context.new_page()
        sign_in(page, lee, f"/{site.slug}/migration")
        page.get_by_label("A dummy site again").check()
        page.get_by_label("Name of this site").fill("Elmwood School")
        page.get_by_role("button", name="Wipe this site").click()
        expect(page.get_by_role("status").first).to_contain_text("Elmwood School was wiped")
        expect(page.get_by_role("heading", name="Wipe it again")).to_be_visible()
