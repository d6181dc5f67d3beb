"""What an app's sync lacks, mended in bulk: by a click, without scripts, and nothing for axe to find."""

import pytest
from playwright.sync_api import Browser, expect

from consentry.records.models import RegistrationFormTutor, Staff
from tests.journeys.conftest import Oakfield, open_context, picture, sign_in
from tests.journeys.test_every_page_for_everyone import DESK, WIDTHS, check
from tests.world_current import BEGAN, Today
from tests.world_records import writing

pytestmark = pytest.mark.journey

COURSES = ("Art and design", "Biology", "Computing year 7", "Drama club")


def fill(oakfield: Oakfield) -> None:
    """A year of courses without subjects, and forms without short names and year groups."""
    with writing(oakfield.site) as every:
        today = Today(every)
        for name in COURSES:
            course = today.add_course(name, short_name=name[:3])
            today.add_course(f"{name}, set 1", parent_academic_unit=course)
        staff = today.add(Staff, person=today.add_person("Rae", "Hill"))
        today.add(RegistrationFormTutor, staff=staff, registration_form=today.form, start_date=BEGAN)
        for name in ("7B", "7C"):
            today.put_in_form(pupil := today.add_pupil("Ada", "Ng"), today.add_form(name))
            today.put_in_year_group(pupil)


@pytest.mark.parametrize("width", DESK)
def test_subjects_short_names_and_year_groups(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    """School > Programmes > Courses: the information is missing, so somebody of the school updates it."""
    fill(oakfield)
    base = f"/{oakfield.site.slug}/programmes/courses"
    with open_context(browser, address, width=width, scripts=False) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, f"{base}?show=without-subject")
        page.get_by_role("checkbox", name="Choose Drama club, Dra").check()
        page.get_by_role("checkbox", name="Choose Drama club, set 1").check()
        page.get_by_label("Subject", exact=True).select_option("Drama")
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_role("heading", name="Change the subject of 2 courses")).to_be_visible()
        picture(page, f"{width}-courses-preview")
        page.get_by_role("button", name="Make the change").click()
        expect(page.get_by_text("2 courses changed.")).to_be_visible()

        page.goto(f"{base}/registration-forms")
        page.get_by_role("radio", name="All 3 registration forms").check()
        page.get_by_label("Year group", exact=True).select_option("The year group that the form’s pupils are in")
        page.get_by_role("button", name="Link to the year group").click()
        expect(page.get_by_text("Left out: 1 registration form")).to_be_visible()
        picture(page, f"{width}-link-preview")
        page.get_by_role("button", name="Make the change").click()
        expect(page.get_by_text("2 registration forms changed.")).to_be_visible()

        page.get_by_role("link", name="Edit short names").click()
        page.get_by_label("7B: short name").fill("B")
        page.get_by_role("checkbox", name="Choose 7C").check()
        page.get_by_role("button", name="Use the form’s name").click()
        page.get_by_role("button", name="Make the change").click()
        expect(page.get_by_text("2 registration forms changed.")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_under_programmes(browser: Browser, address: str, oakfield: Oakfield, width: int) -> None:
    fill(oakfield)
    base = f"/{oakfield.site.slug}/programmes/courses"
    with open_context(browser, address, width=width) as context:
        page = context.new_page()
        sign_in(page, oakfield.asha, base)
        check(page, "courses", width)
        page.get_by_role("link", name="Biology", exact=True).click()
        check(page, "course", width)
        for name, below in {
            "courses-none": "?q=nothing",
            "courses-error": "/preview?which=ticked",
            "courses-add": "/add-subject",
            "forms": "/registration-forms",
            "forms-preview": "/registration-forms/preview?which=all&year-group=pupils",
            "forms-names": "/registration-forms/short-names",
        }.items():
            page.goto(f"{base}{below}")
            check(page, name, width)
        page.get_by_label("7B: short name").fill("7a")
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_role("alert")).to_contain_text("another form".capitalize())
        check(page, "forms-names-wrong", width)
        page.goto(f"{base}/registration-forms")
        page.get_by_role("link", name="7C", exact=True).click()
        check(page, "form", width)
        context.clear_cookies()
        sign_in(page, oakfield.tom, f"{base}/registration-forms")
        expect(page.get_by_role("button", name="Link to the year group")).to_be_disabled()
        check(page, "forms-for-tom", width)
        page.goto(base)
        check(page, "courses-for-tom", width)
