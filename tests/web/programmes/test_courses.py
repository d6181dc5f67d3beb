"""School > Programmes > Courses: bulk set course subjects."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.api.calls import client_of
from tests.web.conftest import Oakfield
from tests.web.programmes.conftest import COURSES, confirm, ids_in, said
from tests.world import NOW, READ, account_of, add_app, approve, ask
from tests.world_current import Today
from tests.world_records import writing

from consentry.audit.reading import reading
from consentry.partners.actions.publish_version import AskedRow
from consentry.records.actions.set_course_subjects import set_course_subjects
from consentry.records.mending import Planned
from consentry.records.models import AcademicUnit
from consentry.records.writing.turn import take_turn
from consentry.schools.queries import school_id

pytestmark = pytest.mark.usefixtures("today")


def test_courses_are_listed_with_what_they_lack(tom: Client, today: Today) -> None:
    page = tom.get(COURSES)

    assert list(ids_in(page)) == ["71", "72", "Art", "Drama", "English", "English year 7"]
    assert page.text.count("No subject") == 5
    assert "Class of English year 7" in page.text
    assert list(ids_in(tom.get(f"{COURSES}?show=without-subject&sort=-name&q=english"))) == [
        "English year 7", "English", "72", "71",
    ]  # fmt: skip
    assert tom.get(f"{COURSES}/list.csv?q=art").text.splitlines()[1:] == ['"Art","","Ar","Maths","0","0"']
    assert "No course matches" in tom.get(f"{COURSES}?q=zzz").text
    assert tom.get(f"{COURSES}?q=&sort=nothing&page=99999&show=x").status_code == 200


def test_who_may_not_change_them_sees_why(tom: Client, today: Today) -> None:
    page, (one, *_) = tom.get(COURSES), ids_in(tom.get(COURSES)).values()
    assert re.search(r'<button[^>]*aria-describedby="lacks"[^>]*disabled[^>]*>Preview', page.text)
    assert "School: General Admin: Administer" in page.text
    assert "School: General Admin: Administer" in tom.get(f"{COURSES}/{one}").text
    assert tom.get(f"{COURSES}/preview?which=all&subject={today.maths.id}").status_code == 403
    for path in (f"{COURSES}/set-subjects", f"{COURSES}/{one}", f"{COURSES}/add-subject"):
        assert tom.post(path, {"plan": f"[[{one},null,{today.maths.id}]]"}).status_code == 403
    assert tom.get(COURSES).text.count("No subject") == 5


def test_the_subject_is_set_for_all_that_the_filter_shows(asha: Client, today: Today) -> None:
    """If you are using Wonde as a third party you need to have a subject set up for your courses."""
    page = asha.get(f"{COURSES}?show=without-subject")
    assert "All 5 courses found" in page.text
    preview = asha.get(f"{COURSES}/preview?show=without-subject&which=all&subject={today.maths.id}")
    assert "Change the subject of 5 courses" in preview.text
    assert "from no subject to <b>Maths</b>" in preview.text
    assert "overwrites the subject of a course only where its file names one" in preview.text
    assert asha.get(COURSES).text.count("No subject") == 5, "a preview changes nothing"

    answer = confirm(asha, preview)

    assert (answer.status_code, answer["Location"]) == (303, f"{COURSES}?show=without-subject")
    page = asha.get(answer["Location"])
    assert said(page) == "5 courses changed."
    assert "Every course of this school year has a subject." in page.text
    assert "No subject" not in asha.get(COURSES).text
    confirm(asha, preview)
    assert said(asha.get(COURSES)) == "Nothing was changed. 5 courses said so already."


def test_what_somebody_else_changed_meanwhile_is_named(asha: Client, oakfield: Oakfield, today: Today) -> None:
    ids = ids_in(asha.get(COURSES))
    wanted = f"which=ticked&id={ids['Art']}&id={ids['Drama']}&id={ids['English']}&subject="
    with writing(oakfield.site) as every:
        music = type(today.maths).objects.create(code="FALCONRY", subject_name="Falconry", **every).id
    preview = asha.get(f"{COURSES}/preview?{wanted}{music}")
    assert "from Maths to <b>Falconry</b>" in preview.text
    other = [Planned(ids["Drama"], None, today.maths.id)]
    set_course_subjects(oakfield.site, other, by=account_of(oakfield.asha, oakfield.site), at=NOW)

    confirm(asha, preview)

    assert said(asha.get(COURSES)) == (
        "2 courses changed. 1 course left alone, because somebody changed the subject meanwhile: Drama (now Maths)."
    )


def test_what_is_lacking_is_said_and_the_ticks_stay(asha: Client, today: Today) -> None:
    ids = ids_in(asha.get(COURSES))
    for query, why in (
        (f"which=ticked&id={ids['Art']}", "Choose a subject."),
        (f"which=ticked&id={ids['Art']}&subject=1", "Choose a subject."),
        (f"subject={today.maths.id}", "Tick at least one course, or choose all of them."),
        (f"which=ticked&id=x&id={'9' * 30}&subject={today.maths.id}", "Tick at least one course"),
    ):
        answer = asha.get(f"{COURSES}/preview?{query}")
        assert (answer.status_code, why in answer.text) == (422, True), query
        ticked = re.findall(r'value="(\d+)"[^>]*aria-label="Choose Art[^>]*checked', answer.text)
        assert ticked == ([str(ids["Art"])] if str(ids["Art"]) in query else [])
    nobodys = asha.get(f"{COURSES}/preview?which=ticked&id=1&id={2**59}&subject={today.maths.id}")
    assert "Nothing would change" in nobodys.text


def test_what_no_preview_sends_is_refused_and_changes_nothing(asha: Client, today: Today) -> None:
    maths, one = today.maths.id, ids_in(asha.get(COURSES))["Drama"]
    bad = ["", "x", "{}", "[]", "[1]", "[[1,2]]", f'[["{one}",null,{maths}]]', f"[[{one},null,1.5]]", "[[true,null,1]]",
           f"[[{one},null,NaN]]", "[" * 100_000, f"[[{'9' * 5000},null,{maths}]]"]  # fmt: skip
    for plan in bad:
        assert asha.post(f"{COURSES}/set-subjects", {"plan": plan}).status_code == 400, plan[:60]
    assert asha.post(f"{COURSES}/set-subjects", {"plan": "x" * 3_000_000}).status_code == 400
    for plan in (f"[[{one},null,{2**70}]]", f'[[{one},null,"a\\u0000"]]', f"[[{one},null,-1]]"):
        assert asha.post(f"{COURSES}/set-subjects", {"plan": plan}).status_code == 303
        assert said(asha.get(COURSES)) == "Nothing was changed. Choose a subject of the school’s list."
    many = json.dumps([[number, None, maths] for number in range(100_000)])
    asha.post(f"{COURSES}/set-subjects", {"plan": many})
    assert "choose fewer" in said(asha.get(COURSES)).lower()
    asha.post(f"{COURSES}/set-subjects", {"plan": f"[[1,null,{maths}],[{2**80},null,{maths}]]"})
    assert said(asha.get(COURSES)) == "Nothing was changed. 2 courses not there any more."
    assert asha.get(COURSES).text.count("No subject") == 5


def test_one_course_has_a_page_of_its_own(asha: Client, oakfield: Oakfield, today: Today) -> None:
    ids = ids_in(asha.get(COURSES))
    path, maths = f"{COURSES}/{ids['Drama']}", today.maths.id
    assert asha.post(path, {"subject-seen": "", "subject-chosen": str(maths)}).status_code == 303
    assert said(asha.get(path)) == "1 course changed."
    old = asha.post(path, {"subject-seen": "", "subject-chosen": ""})
    assert old.status_code == 409
    assert "Somebody else changed the subject" in old.text
    assert f'<option value="{maths}" selected>' in old.text
    assert asha.post(path, {"subject-seen": str(maths), "subject-chosen": "1"}).status_code == 422
    assert asha.post(path, {"subject-seen": "\0" * 99, "subject-chosen": "\0"}).status_code == 422
    assert asha.get(f"{COURSES}/1").status_code == 404
    assert asha.get(f"{COURSES}/{2**63}").status_code == 404


def test_a_subject_that_is_not_in_use_any_more_is_still_shown(asha: Client, oakfield: Oakfield, today: Today) -> None:
    with writing(oakfield.site) as every:
        old = type(today.maths).objects.create(code="LATIN_1", subject_name="Latin I", active=False, **every)
        number = today.add_course("Latin", subject=old).id
    assert f'<option value="{old.id}" selected>Latin I (not in use)</option>' in asha.get(f"{COURSES}/{number}").text
    same = asha.post(f"{COURSES}/{number}", {"subject-seen": str(old.id), "subject-chosen": str(old.id)})
    assert same.status_code == 303
    assert said(asha.get(COURSES)) == "Nothing was changed. 1 course said so already."
    assert "Latin I (not in use)" not in asha.get(COURSES).text, "nobody chooses it for others"


def test_who_would_wait_too_long_for_an_import_is_told(asha: Client, oakfield: Oakfield, today: Today) -> None:
    preview = asha.get(f"{COURSES}/preview?which=all&subject={today.maths.id}")

    def press() -> None:
        try:
            confirm(asha, preview)
        finally:
            connection.close()

    with reading(school_id(oakfield.site)), ThreadPoolExecutor(1) as thread:
        take_turn(school_id(oakfield.site))
        thread.submit(press).result()

    page = asha.get(COURSES)
    assert said(page).startswith("Nothing was changed. An import is writing this school’s records.")
    assert page.text.count("No subject") == 5


def test_a_subject_that_is_missing_can_be_added(asha: Client) -> None:
    path = f"{COURSES}/add-subject"
    assert asha.post(path, {"name": "Forest school"})["Location"] == COURSES
    page = asha.get(COURSES)
    assert said(page) == "Forest school is in the school’s list of subjects now."
    assert ">Forest school</option>" in page.text
    again = asha.post(path, {"name": "forest school"})
    assert (again.status_code, "is in the school’s list already" in again.text) == (422, True)
    assert asha.post(path, {"name": "a\0b"}).status_code == 422


def test_an_app_sees_the_change_when_it_asks_what_is_new(asha: Client, oakfield: Oakfield, today: Today) -> None:
    """If the information is missing you will need to update this so that it can pull through your sync."""
    app = add_app(
        "Wonderful",
        rows=[AskedRow("AcademicUnit", ["subject", "academicUnitName", "academicLevel", "revisionId"], READ)],
    )
    approve(ask(app, oakfield.site), oakfield.asha)
    caller = client_of(app, oakfield.site)
    before = max(row["revisionId"] for row in caller.rows("academic-units"))

    confirm(asha, asha.get(f"{COURSES}/preview?q=drama&which=all&subject={today.maths.id}"))

    new = caller.rows("academic-units", f"filters.revisionId.from={before + 1}")
    assert [(row["academicUnitName"], row["subject"]["href"]) for row in new] == [("Drama", "/rest-v2/subjects/MATHS")]

    link = f"/oakfield/programmes/courses/registration-forms/preview?q=7b&which=all&year-group={today.level.id}"
    confirm(asha, asha.get(link))

    new = caller.rows("academic-units", f"filters.revisionId.from={new[0]['revisionId'] + 1}")
    level = f"/rest-v2/academic-levels/{today.level.id}"
    assert [(row["academicUnitName"], row["academicLevel"]["href"]) for row in new] == [("7B", level)]


def test_two_thousand_courses_take_as_many_queries_as_six(asha: Client, oakfield: Oakfield, today: Today) -> None:
    path = f"{COURSES}?show=without-subject"
    preview = f"{COURSES}/preview?show=without-subject&which=all&subject={today.maths.id}"

    def queries(get: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert asha.get(get).status_code == 200
        return len(asked)

    few = queries(path), queries(f"{COURSES}/list.csv"), queries(preview)
    with writing(oakfield.site) as every:
        year = today.year.id
        rows = (AcademicUnit(academic_unit_name=f"C{n}", academic_year_id=year, **every) for n in range(2_000))
        AcademicUnit._base_manager.bulk_create(rows)
    assert (queries(path), queries(f"{COURSES}/list.csv"), queries(preview)) == few

    confirm(asha, asha.get(preview))
    assert said(asha.get(COURSES)) == "2,005 courses changed."
    assert "Nothing would change" in asha.get(preview).text
