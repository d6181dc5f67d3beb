"""School > Programmes > Courses > Registration forms: short names and year groups."""

import html
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Oakfield, Rivers
from tests.web.programmes.conftest import FORMS, confirm, ids_in, said
from tests.world import NOW, account_of
from tests.world_current import BEGAN, Today
from tests.world_records import writing

from consentry.records.actions.set_form_short_names import set_form_short_names
from consentry.records.mending import Planned
from consentry.records.models import (
    AcademicLevel,
    AcademicLevelMembership,
    RegistrationForm,
    RegistrationFormTutor,
    Staff,
)

NAMES = f"{FORMS}/short-names"


def row(page: Any, name: str) -> str:
    """The words of the row of this form."""
    rows = re.findall(r"<tr role=.row.>.*?</tr>", page.text, re.DOTALL)
    (found,) = (each for each in rows if f">{name}<" in each)
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(found)).split())


def typed(page: Any, texts: dict[int, str] | None = None, *, ticks: tuple[int, ...] = ()) -> dict[str, Any]:
    """The page of short names as it stands, with these typed (by the id of the form) and these ticked."""
    fields = dict(re.findall(r'name="((?:seen|short)-\d+)"\s+value="([^"]*)"', page.text))
    numbers = re.findall(r'name="row" value="(\d+)"', page.text)
    new = {f"short-{number}": text for number, text in (texts or {}).items()}
    return {name: html.unescape(text) for name, text in fields.items()} | new | {"row": numbers, "tick": list(ticks)}


def test_forms_are_listed_with_what_they_lack(tom: Client, oakfield: Oakfield, today: Today) -> None:
    with writing(oakfield.site) as every:
        staff = Staff.objects.create(person=today.add_person("Rae", "Tutor"), **every)
        RegistrationFormTutor.objects.create(staff=staff, registration_form=today.form, start_date=BEGAN, **every)
        today._every = every
        today.put_in_form(today.add_pupil("Ada", "Ng"))

    page = tom.get(FORMS)

    assert list(ids_in(page)) == ["7A", "7B", "7C"]
    assert row(page, "7A") == "7A 7A No year group Rae Tutor 1"
    assert row(page, "7B") == "7B No short name No year group None 0"
    assert list(ids_in(tom.get(f"{FORMS}?show=without-short-name&sort=-name"))) == ["7C", "7B"]
    assert list(ids_in(tom.get(f"{FORMS}?show=without-year-group&q=7a&sort=year-group"))) == ["7A"]
    assert tom.get(f"{FORMS}/list.csv?q=7a").text.splitlines()[1:] == ['"7A","7A","","Rae Tutor","1"']
    assert tom.get(f"{FORMS}/list.xlsx").status_code == 200
    assert "School: General Admin: Administer" in page.text
    assert tom.get(NAMES).status_code == 403
    (one, *_) = ids_in(page).values()
    for path in (f"{FORMS}/link", f"{NAMES}/save", f"{FORMS}/{one}", NAMES):
        assert tom.post(path, {"of": "name", "name-short_name": "X", "plan": f'[[{one},"7A","X"]]'}).status_code == 403


def test_short_names_of_many_forms_are_typed_on_one_page(asha: Client, today: Today) -> None:
    """If you're using Hodder the short name for registration forms must be used."""
    page = asha.get(f"{NAMES}?show=without-short-name")
    b, c = (int(number) for number in re.findall(r'name="row" value="(\d+)"', page.text))
    preview = asha.post(NAMES, typed(page, {b: " B "}))
    assert "Change the short name of 1 registration form" in preview.text
    assert "from no short name to <b>B</b>" in preview.text
    assert "Imports leave short names and year groups" in preview.text
    assert confirm(asha, preview)["Location"] == FORMS
    assert said(asha.get(FORMS)) == "1 registration form changed."

    page = asha.get(NAMES)
    preview = asha.post(NAMES, typed(page, ticks=(b, c)) | {"do": "names"})
    assert "Change the short name of 2 registration forms" in preview.text
    confirm(asha, preview)
    page = asha.get(FORMS)
    assert row(page, "7B").startswith("7B 7B")
    assert row(page, "7C").startswith("7C 7C")


def test_what_cannot_be_is_said_at_the_row_and_what_was_typed_stays(asha: Client, today: Today) -> None:
    page = asha.get(NAMES)
    a, b, c = (int(number) for number in re.findall(r'name="row" value="(\d+)"', page.text))
    texts = {b: "7a", c: "x" * 256, a: "7A"}
    answer = asha.post(NAMES, typed(page, texts, ticks=(c,)))
    assert answer.status_code == 422
    assert f'<a href="#short-{b}">7B: Another form of this school year is called 7a for short.</a>' in answer.text
    assert f'<a href="#short-{c}">7C: This is longer than 255 characters.</a>' in answer.text
    assert f'value="{"x" * 256}"' in answer.text
    assert asha.post(NAMES, typed(page, {b: "a\0"})).status_code == 422
    assert "Nothing would change" in asha.post(NAMES, typed(page)).text
    assert "Nothing would change" in asha.post(NAMES, {"row": ["x", "1", "9" * 30], "short-1": "X"}).text
    assert row(asha.get(FORMS), "7B").startswith("7B No short name")


def test_a_short_name_that_moved_meanwhile_is_left_alone(asha: Client, oakfield: Oakfield, today: Today) -> None:
    page = asha.get(NAMES)
    a, b, _ = (int(number) for number in re.findall(r'name="row" value="(\d+)"', page.text))
    preview = asha.post(NAMES, typed(page, {a: "A", b: "B"}))
    by = account_of(oakfield.asha, oakfield.site)
    set_form_short_names(oakfield.site, [Planned(b, None, "Bee")], by=by, at=NOW)

    again = asha.post(NAMES, typed(page, {a: "A", b: "B"}))
    assert "Somebody changed it meanwhile, it is Bee now." in again.text
    confirm(asha, preview)

    assert said(asha.get(FORMS)) == (
        "1 registration form changed. "
        "1 registration form left alone, because somebody changed the short name meanwhile: 7B (now Bee)."
    )
    set_form_short_names(oakfield.site, [Planned(a, "A", "Q")], by=by, at=NOW)
    taken = asha.post(NAMES, typed(asha.get(NAMES), {b: "R"}))
    set_form_short_names(oakfield.site, [Planned(a, "Q", "r")], by=by, at=NOW)
    confirm(asha, taken)
    assert said(asha.get(FORMS)) == "Nothing was changed. Another form of this school year is called R for short."


def test_all_forms_are_called_by_their_names_for_short(asha: Client, oakfield: Oakfield, today: Today) -> None:
    with writing(oakfield.site):
        today.add_form("7D")
        today.add_form("7D")
        today.add_form("y" * 300)
    preview = asha.get(f"{NAMES}/preview?which=all")
    assert "Change the short name of 2 registration forms" in preview.text
    assert "Left out: 3 registration forms" in preview.text
    assert "1 registration form more say so already." in preview.text
    confirm(asha, preview)
    assert said(asha.get(FORMS)) == "2 registration forms changed."


def test_forms_are_linked_to_a_year_group(asha: Client, today: Today) -> None:
    """Forms linked to a year group: if the information is missing you will need to update this."""
    ids, level = ids_in(asha.get(FORMS)), today.level.id
    preview = asha.get(f"{FORMS}/preview?which=ticked&id={ids['7A']}&id={ids['7B']}&year-group={level}")
    assert "from no year group to <b>Year 7</b>" in preview.text
    assert confirm(asha, preview)["Location"] == FORMS

    page = asha.get(FORMS)
    assert said(page) == "2 registration forms changed."
    assert "Year 7" in row(page, "7A")
    assert list(ids_in(asha.get(f"{FORMS}?show=without-year-group"))) == ["7C"]
    for query, why in (
        (f"which=all&year-group={2**70}", "Choose a year group."),
        ("which=all", "Choose a year group."),
        (f"year-group={level}", "Tick at least one registration form"),
        ("year-group=pupils", "Tick at least one registration form"),
    ):
        answer = asha.get(f"{FORMS}/preview?{query}")
        assert (answer.status_code, why in answer.text) == (422, True), query
    assert asha.post(f"{FORMS}/link", {"plan": "x"}).status_code == 400


def test_forms_are_linked_to_the_year_group_of_their_pupils(asha: Client, oakfield: Oakfield, today: Today) -> None:
    with writing(oakfield.site) as every:
        today._every = every
        eight = today.add(AcademicLevel, academic_level_name="Year 8", academic_year=today.year)
        b, c = RegistrationForm.objects.filter(registration_form_name__in=["7B", "7C"]).order_by("id")
        for form, level in ((b, today.level), (b, today.level), (c, today.level), (c, eight)):
            pupil = today.add_pupil("Ada", "Ng")
            today.put_in_form(pupil, form)
            today.add(AcademicLevelMembership, student=pupil, academic_level=level, start_date=BEGAN)

    preview = asha.get(f"{FORMS}/preview?which=all&year-group=pupils")

    assert "Change the year group of 1 registration form" in preview.text
    assert "Its pupils are in several year groups." in preview.text
    assert "It has no pupils who are in a year group today." in preview.text
    confirm(asha, preview)
    assert "Year 7" in row(asha.get(FORMS), "7B")
    assert list(ids_in(asha.get(f"{FORMS}?show=without-year-group"))) == ["7A", "7C"]


def test_one_form_has_a_page_of_its_own(asha: Client, today: Today) -> None:
    """You can click into the registration form and then into the short name area to add or update the short name."""
    ids, level = ids_in(asha.get(FORMS)), str(today.level.id)
    path = f"{FORMS}/{ids['7B']}"

    def post(**sent: str) -> Any:
        return asha.post(path, {name.replace("__", "-"): text for name, text in sent.items()})

    assert post(of="name", name__seen="", name__short_name="7B").status_code == 303
    assert said(asha.get(path)) == "1 registration form changed."
    assert post(of="level", **{"year-group-seen": "", "year-group-chosen": level}).status_code == 303
    page = asha.get(path)
    assert f'<option value="{level}" selected>Year 7</option>' in page.text
    assert 'name="name-short_name" value="7B"' in page.text
    assert post(of="name", name__seen="", name__short_name="X").status_code == 409
    wrong = post(of="name", name__seen="7B", name__short_name="7a")
    assert (wrong.status_code, "is called 7a for short" in wrong.text) == (422, True)
    assert post(of="name", name__seen="7B", name__short_name="a\0b").status_code == 422
    assert post(of="level", **{"year-group-chosen": "1"}).status_code == 422
    assert post(of="other").status_code == 200
    assert asha.get(f"{FORMS}/1").status_code == 404


def test_a_trust_has_neither_courses_nor_forms(noah: Client, rivers: Rivers) -> None:
    for below in ("", "/list.csv", "/1", "/preview", "/registration-forms", "/registration-forms/1"):
        assert noah.get(f"/{rivers.trust.slug}/programmes/courses{below}").status_code == 404, below


def test_many_forms_take_as_many_queries_as_few(asha: Client, oakfield: Oakfield, today: Today) -> None:
    paths = (
        FORMS,
        f"{FORMS}/list.csv",
        NAMES,
        f"{NAMES}/preview?which=all",
        f"{FORMS}/preview?which=all&year-group=pupils",
    )

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert asha.get(path).status_code == 200
        return len(asked)

    few = [queries(path) for path in paths]
    with writing(oakfield.site):
        for number in range(60):
            today.add_form(f"9{number}")
    assert [queries(path) for path in paths] == few


def test_names_are_sorted_as_people_count(asha: Client, oakfield: Oakfield, today: Today) -> None:
    with writing(oakfield.site) as every:
        for name in ("10A", "11a", "7 Elm", "R2", "R10", "x" + "9" * 40):
            RegistrationForm.objects.create(
                registration_form_name=name, short_name=name, academic_year=today.form.academic_year, **every
            )

    listed = list(ids_in(asha.get(FORMS)))

    assert listed == ["7 Elm", "7A", "7B", "7C", "10A", "11a", "R2", "R10", "x" + "9" * 40]
    assert list(ids_in(asha.get(f"{FORMS}?sort=-name"))) == listed[::-1]
