"""What people of a school have mended stays through later imports, unless the file says something of its own."""

import csv
import io
import zipfile
from typing import Any

import pytest

from consentry.imports.actions.import_oneroster import import_oneroster
from consentry.imports.sample.school import SampleSchool
from consentry.people.models import Account
from consentry.records import models
from consentry.records.actions.link_forms_to_year_groups import link_forms_to_year_groups
from consentry.records.actions.set_course_subjects import set_course_subjects
from consentry.records.actions.set_form_short_names import set_form_short_names
from consentry.records.mending import Planned
from consentry.schools.models import Site
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
