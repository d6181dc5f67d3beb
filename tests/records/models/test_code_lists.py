"""The code lists that every school starts with."""

from django.apps import apps

from consentry.audit.reading import reading
from consentry.records.actions.load_code_lists import load_code_lists
from consentry.records.code_lists import code_list_entries
from consentry.records.models import AttendanceMark, Country, Language, RegisterEntry
from consentry.records.models.code_list import CodeList
from consentry.rules.attendance_codes import BY_MARK
from consentry.rules.identity import SchoolId
from consentry.rules.year_groups import YEAR_GROUPS
from tests.records.models.school import at_revision


def values(name: str, column: str) -> list[object]:
    return [entry[column] for entry in code_list_entries()[name]]


def test_every_code_list_has_entries_whose_columns_exist() -> None:
    models = {model._meta.model_name: model for model in apps.get_app_config("records").get_models()}
    lists = {name for name, model in models.items() if issubclass(model, CodeList)}

    assert code_list_entries().keys() == lists
    for name, entries in code_list_entries().items():
        columns = {field.name for field in models[name]._meta.get_fields()}
        assert all(entry.keys() <= columns for entry in entries)
        assert len({entry["code"] for entry in entries}) == len(entries) > 0
        assert [entry["data_order"] for entry in entries] == list(range(1, len(entries) + 1))


def test_optional_texts_are_empty_and_never_blank() -> None:
    assert not [entry for entries in code_list_entries().values() for entry in entries if "" in entry.values()]


def test_national_curriculum_years_are_those_of_the_rules() -> None:
    assert tuple(values("curriculumgrade", "code")) == YEAR_GROUPS


def test_countries_are_those_of_iso_3166() -> None:
    assert len(code_list_entries()["country"]) == 249
    for column, length in (("iso31661_alpha2", 2), ("iso31661_alpha3", 3), ("iso31661_numeric", 3)):
        codes = values("country", column)
        assert len(set(codes)) == 249
        assert {len(str(code)) for code in codes} == {length}


def test_a_dialect_belongs_to_a_language_of_the_list() -> None:
    parents = {code for code in values("language", "parent_code") if code}

    assert parents <= set(values("language", "code"))


def test_a_school_gets_every_list_once(oakfield: SchoolId) -> None:
    total = sum(len(entries) for entries in code_list_entries().values())
    with at_revision(oakfield, 1) as this:
        assert load_code_lists(this, revision=1) == total
    with at_revision(oakfield, 2) as this:
        assert load_code_lists(this, revision=2) == 0

    with reading(oakfield):
        assert RegisterEntry.objects.filter(created_revision=1).count() == total
        assert Country.objects.get(code="GBR").iso31661_alpha2 == "GB"
        assert Language.objects.get(code="POL").d00011_alpha3 == "POL"


def test_what_a_school_changed_in_a_list_stays(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1) as this:
        load_code_lists(this, revision=1)
    with at_revision(oakfield, 2) as this:
        Country.objects.filter(code="FRA").delete()
        Country.objects.filter(code="GBR").update(short_name="Great Britain", revision_id=2)
        assert load_code_lists(this, revision=2) == 1

    with reading(oakfield):
        assert Country.objects.get(code="GBR").short_name == "Great Britain"
        assert Country.objects.get(code="FRA").revision_id == 2


def test_the_attendance_marks_are_those_of_the_regulations(oakfield: SchoolId) -> None:
    with at_revision(oakfield, 1) as this:
        load_code_lists(this, revision=1)

    with reading(oakfield):
        marks = {mark.attendance_mark: mark for mark in AttendanceMark.objects.all()}
    assert marks.keys() == BY_MARK.keys()
    assert (marks["/"].code, marks["I"].code) == ("PRESENT_AM", "ILLNESS")
    assert marks["I"].is_statistical_authorized_absent
    assert not marks["Y1"].is_statistical_possible_attendance
    assert not marks["H"].active
