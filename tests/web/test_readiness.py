"""What an app's sync needs of a school's records: on the app's page, and the records that fail."""

import io

import openpyxl
import pytest
from django.db import connection as database_connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Oakfield, signed_in
from tests.world import NOW, add_app, add_person, add_school, ask
from tests.world_current import Today, fill
from tests.world_records import writing

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.set_requirements import set_requirements
from consentry.partners.models import App
from consentry.rules.readiness import Check, Need

SUBJECTS = Need(Check.COURSE_SUBJECTS, "We sort classes by subject.")
SHORT_NAMES = Need(Check.FORM_SHORT_NAMES, "We name lists by it.")
UPNS = Need(Check.PUPIL_UPNS, "We know pupils by it.")
HTMX = {"HX-Request": "true"}


def need(app: App, *needs: Need) -> None:
    set_requirements(app, needs, by=OPERATOR, at=NOW)


@pytest.fixture
def page(oakfield: Oakfield) -> str:
    """The address of the page of an app that needs subjects and UPNs, at a school with records."""
    fill(oakfield.site)
    need(oakfield.connection.app, SUBJECTS, UPNS)
    return f"/oakfield/partner-apps/{oakfield.connection.id}"


def names(client: Client, address: str) -> list[str]:
    return [row["name"] for row in client.get(address).context["listing"]["rows"]]


def test_the_page_shows_each_need_with_its_reason_and_how_many_records_fail(asha: Client, page: str) -> None:
    """Issue: the app's page shows each check with a count and the records that fail."""
    for answer in (asha.get(page), asha.get(page, headers=HTMX)):
        assert "Ready to sync" in answer.text
        assert "Every course has a subject <small>We sort classes by subject.</small>" in answer.text
        assert f'<a href="{page}/readiness/course-subjects">Not yet: 2 of 3 courses<' in answer.text
        assert "0 of 2 needs met" in answer.text


def test_what_is_mended_is_ready(asha: Client, oakfield: Oakfield) -> None:
    need(oakfield.connection.app, SUBJECTS, SHORT_NAMES)
    page = f"/oakfield/partner-apps/{oakfield.connection.id}"
    empty = asha.get(page).text
    with writing(oakfield.site) as every:
        Today(every)
    shown = asha.get(page).text

    assert "No registration forms to look at" in empty
    assert "Ready: 1 registration form" in shown
    assert "No courses to look at" in shown
    assert "Your records have what its sync needs." in shown
    assert "/readiness/" not in shown


def test_an_app_that_needs_nothing_has_no_such_part(asha: Client, oakfield: Oakfield) -> None:
    assert "Ready to sync" not in asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}").text


def test_only_who_may_decide_sees_which_records_fail(tom: Client, page: str) -> None:
    shown = tom.get(page).text

    assert "Not yet: 2 of 3 courses" in shown
    assert "only someone with the permission “School: User Accounts: Administer” can see." in shown
    assert f"{page}/readiness" not in shown
    for address in (f"{page}/readiness/pupil-upns", f"{page}/readiness/pupil-upns/list.csv"):
        refused = tom.get(address)
        assert refused.status_code == 403
        assert "School: User Accounts: Administer" in refused.text
        assert "Sukarno" not in refused.text


def test_the_records_that_fail_are_searched_and_sorted(asha: Client, page: str) -> None:
    address = f"{page}/readiness/pupil-upns"

    assert names(asha, f"{address}?q=moss") == ["Ada Moss", "Ava Moss"]
    assert names(asha, f"{address}?q=moss&sort=-name") == ["Ava Moss", "Ada Moss"]
    assert names(asha, f"{address}?q=moss&sort=nonsense&page=0") == ["Ada Moss", "Ava Moss"]
    assert "Nothing matches" in asha.get(f"{address}?q=nonesuch").text
    assert "We know pupils by it." in asha.get(address).text


def test_hostile_page_numbers_lead_to_a_page(asha: Client, page: str) -> None:
    address = f"{page}/readiness/course-subjects"
    for number in ("-1", "99999999999999999999", "x", "1e9", "٣", ""):
        assert names(asha, f"{address}?page={number}") == ["7A Maths", "Chess club"], number
    assert asha.get(f"{address}?page=%00").status_code == 400


def test_it_says_where_to_mend(asha: Client, oakfield: Oakfield, page: str) -> None:
    need(oakfield.connection.app, SUBJECTS, SHORT_NAMES, UPNS, Need(Check.FORM_YEAR_GROUPS, "x"))
    shown = {check: asha.get(f"{page}/readiness/{check}").text for check in (*Check,)[:4]}

    assert 'href="/oakfield/programmes/courses?show=without-subject"' in shown[Check.COURSE_SUBJECTS]
    forms = "/oakfield/programmes/courses/registration-forms?show="
    assert f'href="{forms}without-short-name"' in shown[Check.FORM_SHORT_NAMES]
    assert f'href="{forms}without-year-group"' in shown[Check.FORM_YEAR_GROUPS]
    assert "import its file again" in shown[Check.PUPIL_UPNS]


def test_the_files_hold_what_is_shown(asha: Client, page: str) -> None:
    csv = asha.get(f"{page}/readiness/course-subjects/list.csv?q=chess")
    xlsx = asha.get(f"{page}/readiness/course-subjects/list.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.content)).active

    heading, row = csv.content.decode("utf-8-sig").split()[:2], csv.content.decode("utf-8-sig").splitlines()[1]
    assert heading[0].startswith('"Course","Code","Record')
    assert row.startswith('"Chess club","",')
    assert row.endswith('"Every course has a subject"')
    assert "oakfield-timetabler-course-subjects-" in csv["Content-Disposition"]
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == ["Course", "7A Maths", "Chess club"]


def test_what_is_not_there_or_not_needed_is_404(asha: Client, oakfield: Oakfield, page: str) -> None:
    elsewhere = add_school("elmwood")
    other = ask(add_app("Reader"), elsewhere)
    need(other.app, SUBJECTS)

    for check in ("shoe-sizes", "form-short-names", "COURSE-SUBJECTS", "course_subjects", "x" * 300):
        assert asha.get(f"{page}/readiness/{check}").status_code == 404, check
        assert asha.get(f"{page}/readiness/{check}/list.csv").status_code == 404, check
    for number in (other.id, 9**9, 9**30):
        assert asha.get(f"/oakfield/partner-apps/{number}/readiness/course-subjects").status_code == 404
        assert asha.get(f"/oakfield/partner-apps/{number}/readiness/course-subjects/list.csv").status_code == 404
    assert asha.post(f"{page}/readiness/course-subjects").status_code == 405
    stranger = signed_in(add_person(elsewhere, "Eve Moss"))
    assert stranger.get(f"{page}/readiness/course-subjects").status_code == 404


def test_the_slide_over_asks_as_often_however_many_records_there_are(asha: Client, oakfield: Oakfield) -> None:
    need(oakfield.connection.app, *(Need(check, "x") for check in Check))
    page = f"/oakfield/partner-apps/{oakfield.connection.id}"
    asked = []
    for _ in range(2):
        asha.get(page, headers=HTMX)
        with CaptureQueriesContext(database_connection) as captured:
            asha.get(page, headers=HTMX)
        asked.append(len(captured))
        if len(asked) == 1:
            fill(oakfield.site)

    assert asked[0] == asked[1]


def test_the_directory_says_what_it_needs_before_one_connects(asha: Client, oakfield: Oakfield) -> None:
    fill(oakfield.site)
    app = add_app("Lunchline", "Lunch Co")
    need(app, SUBJECTS)

    shown = asha.get(f"/oakfield/directory/apps/{app.id}").text

    assert "What its sync needs" in shown
    assert "Every course has a subject <small>We sort classes by subject.</small>" in shown
    assert "Not yet" not in shown, "nothing is counted before it has asked"
