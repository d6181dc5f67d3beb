"""Natural keys: every data type has one, keys that two records share match nothing, and what was matched stays so."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.records import models
from consentry.records.actions.match_former import match_former
from consentry.records.catalogue import name_of, record_models
from consentry.records.former.known_by import in_order, leads_to, of_before, of_today, remembered
from consentry.records.models import FormerRecord, Match
from consentry.records.models.base import Record
from consentry.records.natural_keys import Parts, natural_key
from consentry.records.queries.unmatched import all_unmatched
from consentry.records.queries.wipes import last_wipe
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from consentry.workflows.wipe_dummy_site import WipeOrder, wipe_dummy_site
from tests.imports.applied import rows
from tests.world import NOW, add_school
from tests.world_records import add_student, writing

SINCE = datetime(2025, 9, 1, tzinfo=UTC)


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school(life=Life.DUMMY)


def wipe(site: Site) -> None:
    """The site is wiped and stays a dummy."""
    wipe_dummy_site(site, WipeOrder(site.name, Life.DUMMY), by=OPERATOR, at=NOW)


def match(site: Site) -> None:
    """Match what is there now, as an import does at its end."""
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        match_former(this)
        this.record(EventName.RECORDS_LOADED, site)


def found(site: Site, model: type[Record]) -> dict[int, tuple[str, int | None]]:
    """What became of the former records of a type: how they were matched, and with which."""
    said = rows(FormerRecord, site, "former_id", "match", "new_id", entity_type=name_of(model))
    return {former: (how, new) for former, how, new in said}


def add(site: Site, model: type[Record], /, **said: Any) -> Any:
    with writing(site) as every:
        return model._base_manager.create(**every, **said)


def add_pupil(site: Site, upn: str, **more: Any) -> models.Student:
    """A pupil without a number of the school's own, known by this UPN."""
    student = add_student(site, **({"number": None} | more))
    add(site, models.UpnAssignment, student=student, upn=upn)
    return student


@pytest.mark.parametrize("model", record_models(), ids=name_of)
def test_every_data_type_has_a_key_of_what_it_has(model: type[Record]) -> None:
    key = natural_key(model)
    if isinstance(key, Parts):
        named = {each for name in key.names for each in name.rstrip("?").split("|")}
        known = {field.name for field in model._meta.get_fields()} | set(vars(model))
        assert named <= known


@pytest.mark.parametrize("model", record_models(), ids=name_of)
def test_the_key_of_every_data_type_is_sql_that_the_database_takes(oakfield: Site, model: type[Record]) -> None:
    with reading(school_id(oakfield)), connection.cursor() as cursor:
        for sql in (remembered(model), of_today(model), of_before(model)):
            cursor.execute(sql, {"school": oakfield.id})


def test_types_come_behind_those_that_their_keys_lead_to() -> None:
    order = list(in_order())

    assert set(order) == set(record_models())
    for place, model in enumerate(order):
        assert leads_to(model) <= set(order[:place])


def test_a_pupil_is_known_by_the_upn(oakfield: Site) -> None:
    before = add_pupil(oakfield, "A860400001001")
    wipe(oakfield)
    after = add_pupil(oakfield, "A860400001001", first="Renamed")
    match(oakfield)

    assert found(oakfield, models.Student) == {before.id: (Match.MATCHED, after.id)}
    assert found(oakfield, models.Person) == {before.person.id: (Match.MATCHED, after.person.id)}


def test_a_pupil_is_known_by_a_former_upn_too(oakfield: Site) -> None:
    before = add_pupil(oakfield, "T860400001001")
    wipe(oakfield)
    after = add_pupil(oakfield, "A860400001001")
    add(
        oakfield,
        models.UpnAssignment,
        student=after,
        upn="T860400001001",
        end_datetime=datetime(2025, 9, 1, tzinfo=UTC),
    )
    match(oakfield)

    assert found(oakfield, models.Student) == {before.id: (Match.MATCHED, after.id)}


def test_a_pupil_without_a_upn_is_known_by_number_and_one_with_a_upn_is_not(oakfield: Site) -> None:
    without, with_one = add_student(oakfield, "00001"), add_pupil(oakfield, "A860400001001", number="00002")
    wipe(oakfield)
    again, other = add_student(oakfield, "00001"), add_pupil(oakfield, "B860400001002", number="00002")
    match(oakfield)

    assert found(oakfield, models.Student) == {
        without.id: (Match.MATCHED, again.id),
        with_one.id: (Match.MISSING, None),
    }
    assert other.id != again.id


def test_staff_are_known_by_their_staff_code(oakfield: Site) -> None:
    def staff(code: str) -> models.Staff:
        person = add(oakfield, models.Person, legal_last_name="Tutor")
        return add(oakfield, models.Staff, person=person, staff_number=code)  # type: ignore[no-any-return]

    one, two = staff("S1"), staff("S2")
    wipe(oakfield)
    again = staff("S1")
    match(oakfield)

    assert found(oakfield, models.Staff) == {one.id: (Match.MATCHED, again.id), two.id: (Match.MISSING, None)}


def room(site: Site, name: str) -> int:
    return int(add(site, models.Room, room_name=name).id)


def test_two_new_records_with_one_key_match_nothing(oakfield: Site) -> None:
    lab, hall = room(oakfield, "Lab"), room(oakfield, "Hall")
    wipe(oakfield)
    room(oakfield, "Lab"), room(oakfield, "Lab")
    again = room(oakfield, "Hall")
    match(oakfield)

    assert found(oakfield, models.Room) == {lab: (Match.AMBIGUOUS, None), hall: (Match.MATCHED, again)}


def test_two_old_records_with_one_key_match_nothing(oakfield: Site) -> None:
    labs = {room(oakfield, "Lab"), room(oakfield, "Lab")}
    wipe(oakfield)
    room(oakfield, "Lab")
    match(oakfield)

    assert found(oakfield, models.Room) == dict.fromkeys(labs, (Match.AMBIGUOUS, None))


def test_a_record_without_what_its_type_is_known_by_is_listed_as_such(oakfield: Site) -> None:
    contract = add(
        oakfield,
        models.StaffContract,
        staff=add(oakfield, models.Staff, person=add(oakfield, models.Person, legal_last_name="Tutor")),
    )
    wipe(oakfield)

    assert found(oakfield, models.StaffContract) == {contract.id: (Match.NO_KEY, None)}
    with reading(school_id(oakfield)):
        wiped = last_wipe(school_id(oakfield))
        assert wiped is not None
        (listed,) = all_unmatched(wiped, "StaffContract")
    assert (listed.former_id, listed.key, listed.why) == (contract.id, "", Match.NO_KEY)


def test_what_was_matched_stays_so_when_another_comes_with_the_same_key(oakfield: Site) -> None:
    lab = room(oakfield, "Lab")
    wipe(oakfield)
    again = room(oakfield, "Lab")
    match(oakfield)
    room(oakfield, "Lab")
    match(oakfield)

    assert found(oakfield, models.Room) == {lab: (Match.MATCHED, again)}


def test_no_new_record_stands_for_two_old_ones(oakfield: Site) -> None:
    first, second = add_pupil(oakfield, "A860400001001"), add_pupil(oakfield, "B860400001002", last="Bo")
    wipe(oakfield)
    after = add_pupil(oakfield, "A860400001001")
    match(oakfield)
    add(
        oakfield,
        models.UpnAssignment,
        student=after,
        upn="B860400001002",
        end_datetime=datetime(2025, 9, 1, tzinfo=UTC),
    )
    match(oakfield)

    assert found(oakfield, models.Student) == {
        first.id: (Match.MATCHED, after.id),
        second.id: (Match.MISSING, None),
    }


def test_what_hangs_on_a_record_that_is_not_found_is_not_found_either(oakfield: Site) -> None:
    gone, stays = add_pupil(oakfield, "A860400001001"), add_pupil(oakfield, "B860400001002", last="Bo")
    days = {"entry_date": date(2024, 9, 1)}
    lost = add(oakfield, models.EducationalInstitutionEnrolment, student=gone, **days)
    kept = add(oakfield, models.EducationalInstitutionEnrolment, student=stays, **days)
    wipe(oakfield)
    again = add_pupil(oakfield, "B860400001002")
    new = add(oakfield, models.EducationalInstitutionEnrolment, student=again, **days)
    match(oakfield)

    assert found(oakfield, models.EducationalInstitutionEnrolment) == {
        lost.id: (Match.MISSING, None),
        kept.id: (Match.MATCHED, new.id),
    }


def test_a_reference_that_may_be_empty_is_part_of_the_key(oakfield: Site) -> None:
    def room_at(place: models.SchoolPlace | None) -> int:
        return int(add(oakfield, models.Room, room_name="Lab", site=place).id)

    north = add(oakfield, models.SchoolPlace, site_name="North")
    at_north, anywhere = room_at(north), room_at(None)
    wipe(oakfield)
    north_again = add(oakfield, models.SchoolPlace, site_name="North")
    new_anywhere, new_at_north = room_at(None), room_at(north_again)
    match(oakfield)

    assert found(oakfield, models.Room) == {
        at_north: (Match.MATCHED, new_at_north),
        anywhere: (Match.MATCHED, new_anywhere),
    }


def add_guardian(site: Site, name: str, *pupils: models.Student) -> int:
    """A guardian of these pupils."""
    person = add(site, models.Person, legal_first_name=name, legal_last_name="Okoye")
    guardian = add(site, models.Guardian, person=person)
    for pupil in pupils:
        add(site, models.StudentGuardianRelationship, student=pupil, guardian=guardian)
    return int(guardian.id)


def test_a_guardian_is_known_by_name_and_any_one_of_their_pupils(oakfield: Site) -> None:
    """One sibling has left and another has come: who cares for the third is the same, and the father is not."""
    ada, bo = add_pupil(oakfield, "A860400001001"), add_pupil(oakfield, "B860400001002")
    mother, father = add_guardian(oakfield, "Ngozi", ada, bo), add_guardian(oakfield, "Emeka", ada, bo)
    wipe(oakfield)
    bo, cy = add_pupil(oakfield, "B860400001002"), add_pupil(oakfield, "C860400001003")
    her, him = add_guardian(oakfield, "NGOZI", bo, cy), add_guardian(oakfield, "Emeka", bo, cy)
    match(oakfield)

    assert found(oakfield, models.Guardian) == {mother: (Match.MATCHED, her), father: (Match.MATCHED, him)}


def test_what_a_guardian_was_known_by_is_said_in_words(oakfield: Site) -> None:
    add_guardian(oakfield, "Ngozi", add_pupil(oakfield, "A860400001001"))
    wipe(oakfield)
    with reading(school_id(oakfield)):
        wiped = last_wipe(school_id(oakfield))
        assert wiped is not None
        words = {each.data_type: each.key for each in all_unmatched(wiped, "")}

    assert words["Guardian"] == "student A860400001001 ngozi okoye"
    assert words["StudentGuardianRelationship"] == ("student A860400001001, guardian student A860400001001 ngozi okoye")


def test_another_sites_records_match_nothing_here(oakfield: Site) -> None:
    before = add_pupil(oakfield, "A860400001001")
    wipe(oakfield)
    add_pupil(add_school("elmwood"), "A860400001001")
    match(oakfield)

    assert found(oakfield, models.Student) == {before.id: (Match.MISSING, None)}


def test_a_site_that_was_never_wiped_has_nothing_to_match(oakfield: Site) -> None:
    add_pupil(oakfield, "A860400001001")
    match(oakfield)

    assert rows(FormerRecord, oakfield, "former_id") == []


def test_code_lists_are_found_again_by_their_codes_as_soon_as_the_site_is_wiped(oakfield: Site) -> None:
    codes = dict(rows(models.Country, oakfield, "id", "code"))
    wipe(oakfield)
    now = dict(rows(models.Country, oakfield, "id", "code"))

    matched = found(oakfield, models.Country)
    assert {codes[old]: now[new or 0] for old, (_, new) in matched.items()} == {code: code for code in codes.values()}
