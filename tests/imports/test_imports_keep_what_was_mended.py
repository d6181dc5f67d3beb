"""What people of a school have mended stays through later imports, unless the file says something of its own."""

import csv
import io
import zipfile
from typing import Any

import pytest

from consentry.audit.actor import OPERATOR
from consentry.imports.actions.import_oneroster import import_oneroster
from consentry.imports.sample.school import SampleSchool
from consentry.people.models import Account
from consentry.records import models
from consentry.records.actions.link_forms_to_year_groups import link_forms_to_year_groups
from consentry.records.actions.set_course_subjects import set_course_subjects
from consentry.records.actions.set_form_short_names import set_form_short_names
from consentry.records.mending import Planned
from consentry.schools.models import Life, Site
from consentry.workflows.wipe_dummy_site import WipeOrder, wipe_dummy_site
from tests.imports.applied import apply, apply_ctf, apply_oneroster, changes, rows, sample_of
from tests.world import NOW, account_of, add_person, add_school


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school()


@pytest.fixture
def asha(oakfield: Site) -> Account:
    return account_of(add_person(oakfield), oakfield)


def without_subjects(school: SampleSchool) -> bytes:
    """The roster, whose courses and classes name no subject."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(school.oneroster())) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            text = source.read(name).decode()
            if name in {"courses.csv", "classes.csv"}:
                lines = [line | {"subjects": "", "subjectCodes": ""} for line in csv.DictReader(io.StringIO(text))]
                written = io.StringIO()
                writer = csv.DictWriter(written, list(lines[0]))
                writer.writeheader()
                writer.writerows(lines)
                text = written.getvalue()
            made.writestr(name, text)
    return out.getvalue()


def subjects(site: Site) -> dict[int, Any]:
    return dict(rows(models.AcademicUnit, site, "id", "subject_id"))


def test_a_roster_that_names_no_subject_leaves_those_that_were_set(oakfield: Site, asha: Account) -> None:
    school = sample_of(oakfield)
    apply(import_oneroster, oakfield, without_subjects(school))
    before = subjects(oakfield)
    assert set(before.values()) == {None}
    ((maths,),) = rows(models.Subject, oakfield, "id", code="MATHEMATICS")
    set_course_subjects(oakfield, [Planned(each, None, maths) for each in before], by=asha, at=NOW)

    again = apply(import_oneroster, oakfield, without_subjects(school))

    assert (again.changed, set(subjects(oakfield).values())) == (0, {maths})
    named = apply_oneroster(oakfield, school)
    assert len(set(subjects(oakfield).values())) > 1, "the file that names them says what they are"
    assert {str(fields) for _, fields in changes(oakfield, named.revision)} == {"['subject']"}


def test_short_names_and_year_groups_of_forms_stay(oakfield: Site, asha: Account) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    apply_oneroster(oakfield, school)
    forms = rows(models.RegistrationForm, oakfield, "id", "short_name")
    (level, *_) = rows(models.AcademicLevel, oakfield, "id")
    short = [Planned(form, name, f"{name}x") for form, name in forms]
    linked = [Planned(form, None, level[0]) for form, _ in forms]
    assert len(set_form_short_names(oakfield, short, by=asha, at=NOW).changed) == len(forms)
    assert len(link_forms_to_year_groups(oakfield, linked, by=asha, at=NOW).changed) == len(forms)

    assert apply_ctf(oakfield, school).changed == 0
    assert apply_oneroster(oakfield, school).changed == 0
    after = rows(models.RegistrationForm, oakfield, "id", "short_name")
    assert sorted(after) == sorted((form, f"{name}x") for form, name in forms)
    units = rows(models.AcademicUnit, oakfield, "registration_form_id", academic_level_id=level[0])
    assert {form for form, _ in forms} <= {form for (form,) in units}


def test_what_was_mended_is_found_again_after_a_wipe(database: str) -> None:
    """Apps that asked the dummy site find the form that had another short name, and the course that stood for it."""
    dummy = add_school("dummy", life=Life.DUMMY)
    school, by = sample_of(dummy), account_of(add_person(dummy), dummy)

    def link_a_form() -> None:
        (form, *_), (level, *_) = (
            sorted(rows(each, dummy, "id")) for each in (models.RegistrationForm, models.AcademicLevel)
        )
        link_forms_to_year_groups(dummy, [Planned(form[0], None, level[0])], by=by, at=NOW)

    apply_ctf(dummy, school)
    for form, name in rows(models.RegistrationForm, dummy, "id", "short_name"):
        set_form_short_names(dummy, [Planned(form, name, f"{name}x")], by=by, at=NOW)
    link_a_form()
    wipe_dummy_site(dummy, WipeOrder(dummy.name, Life.DUMMY), by=OPERATOR, at=NOW)
    apply_ctf(dummy, school)
    link_a_form()

    for entity_type in ("RegistrationForm", "AcademicUnit"):
        matched = rows(models.FormerRecord, dummy, "match", entity_type=entity_type)
        assert set(matched) == {("matched",)}
