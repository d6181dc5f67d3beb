"""Mending many records in one go: subjects of courses, short names and year groups of forms."""

from dataclasses import dataclass
from typing import Any

import pytest

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import OFFICE, TRUST_ADMINISTRATOR
from consentry.people.actions.give_permission import give_permission
from consentry.people.models import Account
from consentry.records.actions.add_subject import add_subject
from consentry.records.actions.link_forms_to_year_groups import link_forms_to_year_groups
from consentry.records.actions.set_course_subjects import set_course_subjects
from consentry.records.actions.set_form_short_names import InvalidShortNamesError, set_form_short_names
from consentry.records.mending import MOST_AT_ONCE, Mended, Planned
from consentry.records.models import AcademicLevel, AcademicUnit, AcademicYear, RecordChange, RegistrationForm, Subject
from consentry.records.queries.readiness.counts import count_failing
from consentry.rules.invalid import InvalidError
from consentry.rules.periods import Period
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.rules.readiness import Check
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.world import NOW, account_of, add_person, add_school, add_trust, enter, give_schools
from tests.world_current import Today
from tests.world_records import writing


@dataclass
class Oakfield:
    """A school with three courses and two forms besides 7A, of this year, and of last year 6A."""

    site: Site
    asha: Account
    today: Today
    courses: list[Any]
    forms: list[Any]
    old: Any


def open_oakfield(site: Site) -> Oakfield:
    asha = account_of(add_person(site, email=f"asha@{site.slug}.example"), site)
    with writing(site) as every:
        today = Today(every)
        courses = [today.add_course(f"Course {n}") for n in range(3)]
        forms = [today.add_form(name) for name in ("7B", "7C")]
        old = today.add_form("6A", academic_year=today.last_year)
    return Oakfield(site, asha, today, courses, forms, old)


@pytest.fixture
def oakfield(database: str) -> Oakfield:
    return open_oakfield(add_school())


def set_subjects(at: Oakfield, *planned: Planned, by: Account | None = None) -> Mended:
    return set_course_subjects(at.site, planned, by=by or at.asha, at=NOW)


def set_names(at: Oakfield, *planned: Planned) -> Mended:
    return set_form_short_names(at.site, planned, by=at.asha, at=NOW)


def link(at: Oakfield, *planned: Planned) -> Mended:
    return link_forms_to_year_groups(at.site, planned, by=at.asha, at=NOW)


def values(model: Any, column: str, site: Site) -> dict[int, Any]:
    with reading(school_id(site)):
        return dict(model.objects.filter(school=site.id).values_list("id", column))


def events(site: Site) -> list[tuple[str, str, dict[str, Any]]]:
    with reading(school_id(site)):
        found = Event.objects.filter(school_id=site.id).order_by("number")
        return list(found.values_list("name", "actor_name", "details"))


def test_many_courses_get_a_subject_with_one_event(oakfield: Oakfield) -> None:
    """Wonde: you need to have a subject set up for your courses."""
    maths, before = oakfield.today.maths.id, len(events(oakfield.site))
    ids = [each.id for each in oakfield.courses]

    mended = set_subjects(oakfield, *(Planned(number, None, maths) for number in ids))

    assert mended == Mended(changed=tuple(ids))
    assert values(AcademicUnit, "subject_id", oakfield.site) == dict.fromkeys(ids, maths)
    ((name, who, details),) = events(oakfield.site)[before:]
    revision = values(AcademicUnit, "revision_id", oakfield.site)[ids[0]]
    assert (name, who) == ("course_subjects.set", "Asha Patel")
    assert details == {"revision": revision, "changed": 3, "left": 0, "courses": ids}
    with reading(school_id(oakfield.site)):
        told = RecordChange.objects.filter(revision=revision).values_list("entity_type", "record_id", "fields")
        assert sorted(told) == [("AcademicUnit", number, ["subject"]) for number in ids]


def test_what_moved_meanwhile_is_left_alone_and_named(oakfield: Oakfield) -> None:
    one, two, three = (each.id for each in oakfield.courses)
    with writing(oakfield.site) as every:
        art = Subject.objects.create(code="FALCONRY", subject_name="Falconry", **every).id
    maths = oakfield.today.maths.id
    set_subjects(oakfield, Planned(one, None, art), Planned(two, None, maths))

    mended = set_subjects(oakfield, *(Planned(number, None, maths) for number in (one, two, three, 1, 2**70)))

    assert mended == Mended(changed=(three,), moved=(one,), already=(two,), gone=(1, 2**70))
    assert values(AcademicUnit, "subject_id", oakfield.site) == {one: art, two: maths, three: maths}


def test_nothing_to_change_is_no_change(oakfield: Oakfield) -> None:
    before = events(oakfield.site)
    (one, *_) = oakfield.courses
    assert set_subjects(oakfield, Planned(one.id, None, None)) == Mended(already=(one.id,))
    assert set_names(oakfield) == Mended()
    assert link(oakfield, Planned(1, None, None)) == Mended(gone=(1,))
    assert events(oakfield.site) == before


def test_records_of_another_school_are_as_none(oakfield: Oakfield) -> None:
    elmwood = open_oakfield(add_school("elmwood"))
    course, form, level = elmwood.courses[0].id, elmwood.forms[0].id, elmwood.today.level.id

    assert set_subjects(oakfield, Planned(course, None, oakfield.today.maths.id)) == Mended(gone=(course,))
    assert set_names(oakfield, Planned(form, None, "X")) == Mended(gone=(form,))
    assert link(oakfield, Planned(form, None, oakfield.today.level.id)) == Mended(gone=(form,))
    for number in (elmwood.today.maths.id, 1, 2**70, -1):
        with pytest.raises(InvalidError, match="choose a subject"):
            set_subjects(oakfield, Planned(oakfield.courses[0].id, None, number))
    for number in (level, 1, 2**70):
        with pytest.raises(InvalidError, match="choose a year group of the school"):
            link(oakfield, Planned(oakfield.forms[0].id, None, number))
    assert set(values(AcademicUnit, "subject_id", elmwood.site).values()) == {None}


def test_short_names_are_tidied_and_may_be_swapped(oakfield: Oakfield) -> None:
    seven_a, (b, c) = oakfield.today.form, oakfield.forms
    assert set_names(oakfield, Planned(b.id, None, "  7  B \u00a0"), Planned(c.id, None, "7C")).changed == (b.id, c.id)
    set_names(oakfield, Planned(b.id, "7 B", "7C"), Planned(c.id, "7C", "7 B"), Planned(seven_a.id, "7A", " "))

    found = values(RegistrationForm, "short_name", oakfield.site)
    assert [found[each.id] for each in (seven_a, b, c, oakfield.old)] == [None, "7C", "7 B", None]


def test_short_names_that_cannot_be_are_all_named_and_nothing_changes(oakfield: Oakfield) -> None:
    b, c = oakfield.forms
    for wrong in ("a\0b", "x" * 256, "\ud800", "\u0007"):
        with pytest.raises(InvalidShortNamesError) as refused:
            set_names(oakfield, Planned(b.id, None, wrong), Planned(c.id, None, "7C"))
        assert list(refused.value.reasons) == [b.id]
    with pytest.raises(InvalidShortNamesError) as refused:
        set_names(oakfield, Planned(b.id, None, "7a"), Planned(c.id, None, "9"), Planned(oakfield.old.id, None, "9"))
    assert refused.value.reasons == {b.id: "another form of this school year is called 7a for short"}
    with pytest.raises(InvalidShortNamesError) as refused:
        set_names(oakfield, Planned(b.id, None, "Same"), Planned(c.id, None, "SAME"))
    assert set(refused.value.reasons) == {b.id, c.id}
    assert set(values(RegistrationForm, "short_name", oakfield.site).values()) == {"7A", None}


def test_a_form_is_linked_where_apps_look_for_it(oakfield: Oakfield) -> None:
    """Forms linked to a year group: if the information is missing you will need to update this."""
    level, ids = oakfield.today.level.id, [each.id for each in oakfield.forms]

    def unlinked() -> int:
        with reading(school_id(oakfield.site)):
            return count_failing(school_id(oakfield.site), [Check.FORM_YEAR_GROUPS], at=NOW)[
                Check.FORM_YEAR_GROUPS
            ].failing

    assert unlinked() == 3
    assert link(oakfield, *(Planned(number, None, level) for number in ids)).changed == tuple(ids)
    assert unlinked() == 1
    with reading(school_id(oakfield.site)):
        units = AcademicUnit.objects.filter(academic_level_id=level).order_by("registration_form_id")
        assert list(units.values_list("registration_form_id", "academic_unit_name")) == [
            (ids[0], "7B"), (ids[1], "7C"),
        ]  # fmt: skip

    assert link(oakfield, Planned(ids[0], level, None), Planned(ids[1], None, None)).moved == (ids[1],)
    assert unlinked() == 2
    assert link(oakfield, Planned(ids[0], None, level)).changed == (ids[0],)
    assert len(values(AcademicUnit, "id", oakfield.site)) == 5, "the course that stood for the form is used again"


def test_a_year_group_of_another_school_year_is_refused(oakfield: Oakfield) -> None:
    with pytest.raises(InvalidError, match="same school year"):
        link(oakfield, Planned(oakfield.old.id, None, oakfield.today.level.id))
    assert len(values(AcademicUnit, "id", oakfield.site)) == 3


def test_too_many_at_once_are_refused(oakfield: Oakfield) -> None:
    with pytest.raises(InvalidError, match="choose fewer: at most 5,000"):
        set_subjects(oakfield, *(Planned(number, None, None) for number in range(300_000)))
    same = (Planned(1, None, None) for _ in range(MOST_AT_ONCE + 1))
    assert set_subjects(oakfield, *same).gone == (1,), "one record that is named often is one"


def test_who_lacks_the_permission_changes_nothing(oakfield: Oakfield) -> None:
    tom = account_of(add_person(oakfield.site, "Tom Reed", OFFICE), oakfield.site)
    plan = [Planned(oakfield.courses[0].id, None, oakfield.today.maths.id)]
    before = events(oakfield.site)
    for act in (set_course_subjects, set_form_short_names, link_forms_to_year_groups):
        with pytest.raises(NotPermittedError, match="School: General Admin: Administer"):
            act(oakfield.site, plan, by=tom, at=NOW)
    with pytest.raises(NotPermittedError):
        add_subject(oakfield.site, "Falconry", by=tom, at=NOW)
    assert events(oakfield.site) == before


def test_somebody_from_the_trust_acts_and_is_named_with_it(database: str) -> None:
    """Log into the school MIS from the MAT MIS."""
    trust = add_trust()
    site = add_school(trust=trust)
    noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR)
    give_schools(noah, trust)
    oakfield = open_oakfield(site)
    plan, there = Planned(oakfield.courses[0].id, None, oakfield.today.maths.id), enter(noah, site)
    with pytest.raises(NotPermittedError):
        set_subjects(oakfield, plan, by=there)
    today = Period(NOW.date(), NOW.date())
    at_trust = account_of(noah, trust).id
    give_permission(trust, at_trust, Permission.SCHOOL_GENERAL_ADMIN, today, by=OPERATOR, at=NOW)

    set_subjects(oakfield, plan, by=there)

    assert events(site)[-1][1] == "Noah Price, External Administrator from Harbour Trust"


def test_a_subject_is_added_to_the_schools_list(oakfield: Oakfield) -> None:
    number = add_subject(oakfield.site, " Forest  school ", by=oakfield.asha, at=NOW)

    with reading(school_id(oakfield.site)):
        assert Subject.objects.values_list("code", "subject_name", "active").get(id=number) == (
            "FOREST_SCHOOL", "Forest school", True,
        )  # fmt: skip
    assert events(oakfield.site)[-1][0] == "subject.added"
    for wrong in ("", "  ", "…", "a\0b", "x" * 256, "forest SCHOOL", "Forest-School", "maths"):
        with pytest.raises(InvalidError) as refused:
            add_subject(oakfield.site, wrong, by=oakfield.asha, at=NOW)
        assert refused.value.field == "name"


def test_a_level_that_has_no_form_is_not_touched(oakfield: Oakfield) -> None:
    link(oakfield, Planned(oakfield.forms[0].id, None, oakfield.today.level.id))
    assert set(values(AcademicLevel, "academic_level_name", oakfield.site).values()) == {"Year 7"}
    assert len(values(AcademicYear, "id", oakfield.site)) == 2
