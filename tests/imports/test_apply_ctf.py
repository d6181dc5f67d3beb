"""Common transfer files become records: once, by number, with only what differs changed."""

import hashlib
import re
from datetime import date

import pytest

from consentry.audit.chain import first_broken_link
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.imports.actions.import_ctf import import_ctf
from consentry.imports.problems import Reason
from consentry.records import models
from consentry.rules.invalid import InvalidError
from consentry.rules.upn import check_letter
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.imports.applied import (
    FRIDAY,
    MONDAY,
    apply_ctf,
    changes,
    everything,
    last_event,
    problems_of,
    rows,
    sample_of,
    with_pupil,
)
from tests.world import NOW, add_school, add_trust


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school("oakfield")


def test_every_pupil_of_the_file_is_among_the_records(oakfield: Site) -> None:
    school = sample_of(oakfield)
    done = apply_ctf(oakfield, school)

    assert done.counts["Student"].added == 12
    columns = "person__legal_first_name", "person__legal_last_name", "person__gender__code"
    names = rows(models.Student, oakfield, *columns)
    sexes = {"M": "MALE", "F": "FEMALE"}
    assert sorted(names) == sorted((each.first_name, each.last_name, sexes[each.sex]) for each in school.pupils)
    upns = rows(models.UpnAssignment, oakfield, "upn", "issued_local_authority", "student__ethnicity__code")
    assert sorted(upns) == sorted((each.upn, "860", each.ethnicity) for each in school.pupils)
    forms = rows(
        models.RegistrationFormMembership,
        oakfield,
        "registration_form__registration_form_name",
        "registration_form__academic_year__code",
    )
    assert sorted(forms) == sorted((each.form, "2025-2026") for each in school.pupils)
    levels = rows(models.AcademicLevelMembership, oakfield, "academic_level__curriculum_grade__code")
    assert sorted(levels) == sorted((each.year_group,) for each in school.pupils)
    on_roll = rows(models.EducationalInstitutionEnrolment, oakfield, "entry_date", "leaving_date")
    assert sorted(on_roll) == sorted((each.entry_date, None) for each in school.pupils)
    sen = rows(models.SenStatusAssignment, oakfield, "sen_status__code")
    assert sorted(sen) == sorted((each.sen_provision,) for each in school.pupils)
    assert rows(models.EducationalInstitution, oakfield, "urn", "educational_institution_name") == [
        (oakfield.urn, oakfield.name)
    ]


def test_people_can_be_reached_as_the_file_says(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)

    households = {id(each.household): each.household for each in school.pupils}.values()
    contacts = [contact for household in households for contact in household.contacts]
    emails = rows(models.EmailAddress, oakfield, "email_address", "email_address_owner_type")
    assert sorted(emails) == sorted((contact.email, "Guardian") for contact in contacts)
    mobiles = rows(models.TelephoneNumber, oakfield, "number", telephone_number_type="Mobile")
    assert sorted(mobiles) == sorted((contact.mobile,) for contact in contacts)
    addresses = rows(models.PostalAddress, oakfield, "address1", "postal_code", "country__code")
    homes = [each.household for each in school.pupils]
    assert sorted(addresses) == sorted((f"{each.house} {each.street}", each.postcode, "GBR") for each in homes)
    relationships = rows(models.StudentGuardianRelationship, oakfield, "guardian_relationship_type__ctf_export_code")
    assert sorted(relationships) == sorted((each.relationship,) for home in homes for each in home.contacts)


def test_brothers_and_sisters_have_the_same_guardians(oakfield: Site) -> None:
    school = sample_of(oakfield, 3)
    home = school.pupils[0].household
    for place in (1, 2):
        school = with_pupil(school, place, household=home)
    apply_ctf(oakfield, school)

    assert len(rows(models.Guardian, oakfield, "id")) == len(home.contacts)
    assert len(rows(models.StudentGuardianRelationship, oakfield, "id")) == 3 * len(home.contacts)


def test_the_event_tells_the_file_and_the_counts_and_no_names(oakfield: Site) -> None:
    school = sample_of(oakfield)
    done = apply_ctf(oakfield, school)

    event = last_event(oakfield)
    assert event.name == EventName.FILE_IMPORTED
    assert event.details["sha256"] == hashlib.sha256(school.ctf()).hexdigest()
    assert (event.details["kind"], event.details["added"], event.details["revision"]) == ("ctf", done.added, 2)
    assert not any(each.last_name in str(event.details) for each in school.pupils)
    with reading(school_id(oakfield)):
        assert first_broken_link(school_id(oakfield)) is None


def test_importing_twice_changes_nothing(oakfield: Site) -> None:
    school = sample_of(oakfield)
    first = apply_ctf(oakfield, school)
    before = everything(oakfield)
    second = apply_ctf(oakfield, school)

    assert (second.added, second.changed, second.unchanged, second.revision) == (0, 0, first.added, None)
    assert everything(oakfield) == before
    assert (last_event(oakfield).details["added"], last_event(oakfield).details["changed"]) == (0, 0)


def test_a_changed_name_is_the_only_thing_that_changes(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    changed = with_pupil(school, 4, first_name="Zenobia")
    done = apply_ctf(oakfield, changed)

    assert (done.added, done.changed) == (0, 1)
    assert changes(oakfield, done.revision) == [("Person", ["legalFirstName"])]
    assert rows(models.Person, oakfield, "legal_first_name", revision_id=done.revision) == [("Zenobia",)]


def test_a_pupil_who_moves_house_has_one_changed_address(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    done = apply_ctf(oakfield, with_pupil(school, 4, household={"postcode": "ZZ99 9ZZ"}))

    assert changes(oakfield, done.revision) == [("PostalAddress", ["postalCode"])]
    assert rows(models.PostalAddress, oakfield, "postal_code", revision_id=done.revision) == [("ZZ99 9ZZ",)]


def test_a_pupil_who_changes_form_has_one_changed_membership(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    done = apply_ctf(oakfield, with_pupil(school, 4, form=school.pupils[5].form))

    assert changes(oakfield, done.revision) == [("RegistrationFormMembership", ["registrationForm"])]


def test_nothing_said_of_a_person_leaves_what_the_school_knows(oakfield: Site) -> None:
    school = with_pupil(sample_of(oakfield), 4, preferred_first_name="Zen")
    apply_ctf(oakfield, school)
    done = apply_ctf(oakfield, with_pupil(school, 4, preferred_first_name="", ethnicity=""))

    assert done.revision is None
    assert len(rows(models.Person, oakfield, "id", preferred_first_name="Zen")) == 1


def test_a_pupil_with_a_new_number_is_the_same_pupil(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    old = school.pupils[4].upn
    new = check_letter(f"{oakfield.laestab}20999") + f"{oakfield.laestab}20999"
    data = with_pupil(school, 4, upn=new).ctf()
    data = data.replace(b"<BasicDetails>", f"<BasicDetails><FormerUPN>{old}</FormerUPN>".encode(), 5).replace(
        f"<FormerUPN>{old}</FormerUPN>".encode(), b"", 4
    )
    assert problems_of(import_ctf, oakfield, data) == []

    assert len(rows(models.Student, oakfield, "id")) == 12
    numbers = rows(models.UpnAssignment, oakfield, "student_id", "end_datetime", upn__in=[old, new])
    assert len({student for student, _ in numbers}) == 1
    assert {end for _, end in numbers} == {None, NOW}
    before = everything(oakfield)
    assert problems_of(import_ctf, oakfield, data) == []
    assert everything(oakfield) == before


def test_marks_in_the_file_are_records_of_those_days(oakfield: Site) -> None:
    school = sample_of(oakfield)
    data = school.ctf(attendance=(MONDAY, FRIDAY))
    assert problems_of(import_ctf, oakfield, data) == []

    marks = rows(models.AttendanceRollCallRecord, oakfield, "record_date", "source")
    assert len(marks) == 12 * 5 * 2
    assert {day for day, _ in marks} == {date(2025, 9, day) for day in range(8, 13)}
    before = everything(oakfield)
    assert problems_of(import_ctf, oakfield, data) == []
    assert everything(oakfield) == before


def test_marks_of_the_school_before_stay_out_of_this_register(oakfield: Site) -> None:
    data = sample_of(oakfield).ctf(attendance=(MONDAY, FRIDAY))
    elsewhere = re.sub(rb"(<YearData>\s*<Year>\d+</Year>\s*<LEA>)860", rb"\g<1>861", data)
    assert elsewhere != data
    assert problems_of(import_ctf, oakfield, elsewhere) == []
    assert rows(models.AttendanceRollCallRecord, oakfield, "id") == []


def test_the_file_of_another_school_is_refused(oakfield: Site) -> None:
    elmwood = add_school("elmwood")
    before = everything(oakfield)
    problems = problems_of(import_ctf, oakfield, sample_of(elmwood).ctf())

    assert (problems[0].field, problems[0].reason, problems[0].value) == (
        "Estab", Reason.OTHER_SCHOOL, elmwood.laestab,
    )  # fmt: skip
    assert everything(oakfield) == before


def test_one_bad_pupil_keeps_all_others_out(oakfield: Site) -> None:
    before, event = everything(oakfield), last_event(oakfield).number
    problems = problems_of(import_ctf, oakfield, with_pupil(sample_of(oakfield), 11, ethnicity="QQQQ").ctf())

    assert [(each.field, each.reason, each.value) for each in problems] == [("Ethnicity", Reason.NOT_IN_LIST, "QQQQ")]
    assert problems[0].line > 100
    assert everything(oakfield) == before
    assert last_event(oakfield).number == event


def test_another_school_is_left_untouched(oakfield: Site) -> None:
    elmwood = add_school("elmwood")
    apply_ctf(elmwood, sample_of(elmwood))
    before = everything(elmwood)
    apply_ctf(oakfield, sample_of(oakfield))
    assert everything(elmwood) == before


def test_files_are_not_imported_into_the_site_of_a_trust(database: str) -> None:
    trust, school = add_trust(), add_school("oakfield")
    with pytest.raises(InvalidError, match="not a school"):
        apply_ctf(trust, sample_of(school))
