"""OneRoster files become staff, courses, classes and who is in them; pupils are not doubled."""

import io
import zipfile

import pytest

from consentry.imports.actions.import_oneroster import import_oneroster
from consentry.imports.problems import Reason
from consentry.records import models
from consentry.schools.models import Site
from tests.imports.applied import (
    apply,
    apply_ctf,
    apply_oneroster,
    changes,
    everything,
    problems_of,
    rows,
    sample_of,
    with_pupil,
)
from tests.world import add_school


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school("oakfield")


def replaced(data: bytes, entry: str, old: str, new: str) -> bytes:
    """The zip with a text replaced in one of its files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == entry:
                assert old in text
                text = text.replace(old, new)
            made.writestr(name, text)
    return out.getvalue()


def test_staff_courses_and_classes_are_among_the_records(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_oneroster(oakfield, school)

    staff = rows(models.Staff, oakfield, "staff_number", "person__legal_last_name")
    assert sorted(staff) == sorted((str(each.number), each.last_name) for each in school.teachers)
    assert len(rows(models.EmailAddress, oakfield, "id", email_address_owner_type="Staff")) == len(school.teachers)
    forms, subjects = len(school.plan.forms), len(school.plan.subjects)
    units = rows(models.AcademicUnit, oakfield, "parent_academic_unit__academic_unit_name", "subject__subject_name")
    classes = [unit for unit in units if unit[0]]
    assert len(classes) == forms * subjects
    assert all(name.startswith(subject) for name, subject in classes)
    assert not any("Registration" in str(unit) for unit in units)
    leads = rows(models.AcademicUnitLead, oakfield, "start_date")
    assert len(leads) == forms * subjects
    tutors = rows(
        models.RegistrationFormTutor, oakfield, "registration_form__registration_form_name", "staff__staff_number"
    )
    assert sorted(tutors) == sorted((each.form, str(each.number)) for each in school.teachers if each.form)
    assert len(rows(models.AcademicUnitEnrolment, oakfield, "id")) == 12 * subjects


def test_pupils_of_a_transfer_file_are_not_doubled_by_the_roster(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    done = apply_oneroster(oakfield, with_pupil(school, 0, first_name="Zenobia"))

    assert len(rows(models.Student, oakfield, "id")) == 12
    assert rows(models.Person, oakfield, "id", legal_first_name="Zenobia") == []
    assert len(rows(models.RegistrationForm, oakfield, "id")) == len(school.plan.forms)
    assert done.counts["RegistrationFormMembership"].added == 0
    assert done.counts["RegistrationFormMembership"].changed == 0


def test_pupils_of_a_roster_are_not_doubled_by_a_transfer_file(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_oneroster(oakfield, school)
    apply_ctf(oakfield, school)

    assert len(rows(models.Student, oakfield, "id")) == 12
    assert len(rows(models.UpnAssignment, oakfield, "id")) == 12
    assert len(rows(models.EducationalInstitutionEnrolment, oakfield, "id")) == 12
    assert len(rows(models.RegistrationFormMembership, oakfield, "id")) == 12


def test_importing_a_roster_twice_changes_nothing(oakfield: Site) -> None:
    school = sample_of(oakfield)
    first = apply_oneroster(oakfield, school)
    before = everything(oakfield)
    again = apply_oneroster(oakfield, school)
    assert (again.added, again.changed, again.revision) == (0, 0, None)
    assert again.unchanged >= first.added - 12 * 2  # numbers and enrolments of new pupils are told once
    assert everything(oakfield) == before


def test_a_renamed_teacher_and_class_change_by_name_alone(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_oneroster(oakfield, school)
    teacher, title = school.teachers[0], f"{school.plan.forms[0]} English"
    data = replaced(school.oneroster(), "users.csv", f",{teacher.last_name},,1,", ",Zephyr,,1,")
    done = apply(import_oneroster, oakfield, replaced(data, "classes.csv", f",{title},", ",Reading,"))
    assert changes(oakfield, done.revision) == [("AcademicUnit", ["academicUnitName"]), ("Person", ["legalLastName"])]


def test_a_subject_that_the_school_lacks_is_added_to_its_list(oakfield: Site) -> None:
    school = sample_of(oakfield)
    data = school.oneroster()
    for entry in ("courses.csv", "classes.csv"):
        data = replaced(data, entry, "Computing", "Falconry")
    apply(import_oneroster, oakfield, data)
    assert rows(models.Subject, oakfield, "code", subject_name="Falconry") == [("FALCONRY",)]


def test_the_roster_of_another_school_is_refused(oakfield: Site) -> None:
    before = everything(oakfield)
    problems = problems_of(import_oneroster, oakfield, sample_of(add_school("elmwood")).oneroster())
    assert [(each.part, each.line, each.field, each.reason) for each in problems] == [
        ("orgs.csv", 2, "identifier", Reason.OTHER_SCHOOL)
    ]
    assert everything(oakfield) == before


def test_two_users_with_one_pupil_number_are_refused(oakfield: Site) -> None:
    school = sample_of(oakfield)
    one, two = school.pupils[0].upn, school.pupils[1].upn
    data = replaced(school.oneroster(), "users.csv", f"{{UPN:{two}}}", f"{{UPN:{one}}}")
    problems = problems_of(import_oneroster, oakfield, data)
    assert [(each.part, each.field, each.reason, each.value) for each in problems] == [
        ("users.csv", "userIds", Reason.DUPLICATE, one)
    ]
    assert rows(models.Student, oakfield, "id") == []


def test_another_school_is_left_untouched(oakfield: Site) -> None:
    elmwood = add_school("elmwood")
    apply_oneroster(elmwood, sample_of(elmwood))
    before = everything(elmwood)
    apply_oneroster(oakfield, sample_of(oakfield))
    assert everything(elmwood) == before
