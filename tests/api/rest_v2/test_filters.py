"""Every filter operator on every kind of field, nested filters, tags, fields, expansion and order."""

import pytest

from tests.api.calls import query_of
from tests.api.rest_v2.conftest import World

ADA, BO, CY = "00001", "00002", "00003"


def numbers(world: World, *pairs: tuple[str, str]) -> list[str]:
    return [row["studentNumber"] for row in world.reader.rows("students", query_of(*pairs))]


@pytest.mark.parametrize(
    ("operator", "value", "found"),
    [
        ("equals", BO, [BO]),
        ("equals", "", []),
        ("equals", "NULL", []),
        ("from", BO, [BO, CY]),
        ("to", BO, [ADA, BO]),
        ("after", BO, [CY]),
        ("before", BO, [ADA]),
        ("search", "02", [BO]),
        ("like", "%2", [BO]),
        ("in", f"{ADA},{CY},other", [ADA, CY]),
    ],
)
def test_texts(world: World, operator: str, value: str, found: list[str]) -> None:
    assert numbers(world, (f"filters.studentNumber.{operator}", value)) == found


@pytest.mark.parametrize(
    ("operator", "value", "found"),
    [
        ("equals", "2012-03-01", [ADA]),
        ("equals", "2012-03-01 00:00:00", [ADA]),
        ("from", "2012-03-01", [ADA, CY]),
        ("to", "2012-03-01", [ADA, BO]),
        ("after", "2012-03-01", [CY]),
        ("before", "2012-03-01T10:00", [BO]),
        ("in", "2012-03-01,2013-01-31", [ADA, CY]),
        ("equals", "NULL", []),
    ],
)
def test_dates(world: World, operator: str, value: str, found: list[str]) -> None:
    assert numbers(world, (f"filters.person.dateOfBirth.{operator}", value)) == found


@pytest.mark.parametrize(
    ("operator", "value", "found"),
    [
        ("equals", "1", [CY]),
        ("equals", "true", [CY]),
        ("equals", "0", [ADA]),
        ("in", "0,1", [ADA, CY]),
        ("equals", "NULL", [BO]),
    ],
)
def test_yes_and_no(world: World, operator: str, value: str, found: list[str]) -> None:
    assert numbers(world, (f"filters.person.deceased.{operator}", value)) == found


@pytest.mark.parametrize(
    ("operator", "value", "count"),
    [
        ("equals", "51.5", 1),
        ("from", "51.5", 2),
        ("to", "5.15e1", 1),
        ("after", "51.5", 1),
        ("before", "51.500001", 1),
        ("in", "51.5,54", 2),
        ("equals", "NULL", 0),
    ],
)
def test_numbers(world: World, operator: str, value: str, count: int) -> None:
    assert len(world.reader.rows("postal-addresses", query_of((f"filters.lat.{operator}", value)))) == count


@pytest.mark.parametrize(
    ("operator", "value", "is_found"),
    [
        ("equals", "2026-07-01 12:30:00", True),
        ("equals", "2026-07-01T11:30:00+00:00", True),
        ("equals", "2026-07-01 11:30:00", False),
        ("after", "2026-07-01 12:29:59", True),
        ("before", "2026-07-01 12:30:00", False),
        ("to", "2026-07-01 12:30:00", True),
        ("from", "2026-07-02", False),
        ("after", "0001-01-01", True),
        ("before", "9999-12-31", True),
    ],
)
def test_moments_are_in_the_schools_time_unless_they_say_another(
    world: World, operator: str, value: str, *, is_found: bool
) -> None:
    found = world.reader.rows("uk-dfe_upn-assignments", query_of((f"filters.startDatetime.{operator}", value)))

    assert bool(found) is is_found


def test_references_by_href_by_bare_id_and_by_code(world: World) -> None:
    bo = world.students[1]
    for value in (f"/rest-v2/persons/{bo.person.id}", f"/rest-v2/Person/{bo.person.id}", str(bo.person.id)):
        assert numbers(world, ("filters.person.equals", value)) == [BO]
    for value in ("/rest-v2/genders/MALE", "MALE"):
        assert numbers(world, ("filters.person.gender.equals", value)) == [BO, CY]
    assert numbers(
        world, ("filters.person.gender.in[0]", "/rest-v2/genders/FEMALE"), ("filters.person.gender.in[1]", "X")
    ) == [ADA]
    assert numbers(world, ("filters.person.title.equals", "NULL")) == [ADA, BO, CY]


def test_ids_and_revisions(world: World) -> None:
    ada, bo, cy = world.students
    assert numbers(world, ("filters.id.in", f"{ada.id},{cy.id}")) == [ADA, CY]
    assert numbers(world, ("filters.id.after", str(bo.id))) == [CY]
    assert numbers(world, ("filters.person.id.equals", str(bo.person.id))) == [BO]
    assert numbers(world, ("filters.revisionId.from", str(cy.revision_id))) == [CY]


def test_references_to_any_type(world: World) -> None:
    ada, bo, _ = world.students
    rows = world.reader.rows
    name = "filters.emailAddressOwner.equals"
    assert len(rows("email-addresses", query_of((name, f"/rest-v2/persons/{ada.person.id}")))) == 1
    assert rows("email-addresses", query_of((name, f"/rest-v2/persons/{bo.person.id}"))) == []
    assert rows("email-addresses", query_of((name, f"/rest-v2/students/{ada.person.id}"))) == []
    assert rows("email-addresses", query_of((name, "NULL"))) == []


def test_user_tags(world: World) -> None:
    assert numbers(world, ("filters.tags.sims-id", '7 "é" %s')) == [BO]
    assert numbers(world, ("filters.tags.sims-id", "8")) == []
    assert numbers(world, ("filters.tags.other", '7 "é" %s')) == []


def test_system_tags_as_they_stand_today(world: World) -> None:
    assert numbers(world, ("filters.self.tagged", "STUDENT__CURRENT")) == [ADA]
    assert numbers(world, ("filters.self.tagged", "STUDENT__GONE")) == []
    assert numbers(world, ("filters.self.tagged", "STUDENT__NONE")) == []


def test_several_values_of_in_with_brackets(world: World) -> None:
    pairs = [(f"filters.studentNumber.in[{n}]", value) for n, value in enumerate([ADA, CY])]

    assert numbers(world, *pairs) == [ADA, CY]
    assert numbers(world, ("filters.studentNumber.in[0]", f"{ADA},{CY}")) == []


def test_searching_takes_percent_signs_and_backslashes_as_they_are(world: World) -> None:
    for text in ("100%", "\\", "_x_", "% \\ _"):
        assert numbers(world, ("filters.person.legalLastName.search", text)) == [CY], text
    assert numbers(world, ("filters.person.legalLastName.search", "'")) == [BO]
    assert numbers(world, ("filters.person.legalLastName.search", "o'NEIL")) == [BO]


@pytest.mark.parametrize("pattern", ["\\", "\\\\", "\\\\\\", "%\\", "%\\\\", "\\%", "a\\\\\\\\", ""])
def test_any_pattern_can_be_tried(world: World, pattern: str) -> None:
    assert isinstance(numbers(world, ("filters.person.legalLastName.like", pattern)), list)


def test_conditions_are_all_needed(world: World) -> None:
    both = (("filters.person.gender.equals", "MALE"), ("filters.person.dateOfBirth.before", "2012-01-01"))

    assert numbers(world, *both) == [BO]


@pytest.mark.parametrize(
    ("by", "direction", "found"),
    [
        ("studentNumber", "desc", [CY, BO, ADA]),
        ("person.legalFirstName", "descending", [CY, BO, ADA]),
        ("person.dateOfBirth", "asc", [BO, ADA, CY]),
        ("person.deceased", "asc", [ADA, CY, BO]),
        ("person.deceased", "desc", [CY, ADA, BO]),
        ("id", "desc", [CY, BO, ADA]),
        ("person", "ascending", [ADA, BO, CY]),
    ],
)
def test_ordering_with_nothing_last(world: World, by: str, direction: str, found: list[str]) -> None:
    assert numbers(world, ("order-property", by), ("order-direction", direction)) == found


def test_fields_that_were_named_are_all_there_is_beside_identity(world: World) -> None:
    for row in world.reader.rows("students", "fields=studentNumber,id"):
        assert list(row) == ["entityType", "href", "id", "displayName", "studentNumber"]


def test_opening_up_references_and_collections(world: World) -> None:
    (form,) = world.reader.rows("registration-forms", "fields=tutors&expand=tutors.staff.person.gender")

    person = form["tutors"][0]["staff"]["person"]
    assert person["legalLastName"] == "Tutor"
    assert person["gender"]["code"] == "FEMALE"


def test_what_is_not_opened_is_identity_alone(world: World) -> None:
    ada = world.students[0]
    (form,) = world.reader.rows("registration-forms")
    (row, *_) = world.reader.rows("students", "fields=person,ethnicity")

    assert row["person"] == {"entityType": "Person", "href": f"/rest-v2/persons/{ada.person.id}"}
    assert row["ethnicity"] is None
    assert set(form["tutors"][0]) == {"entityType", "href"}


def test_a_single_record_takes_fields_and_expand_too(world: World) -> None:
    ada = world.students[0]
    row = world.reader.get(f"students/{ada.id}", "fields=studentNumber&expand=person").json["student"]

    assert (row["studentNumber"], row["person"]["legalFirstName"]) == (ADA, "Ada")
    assert "ethnicity" not in row


def test_user_tags_are_an_object_or_an_empty_list(world: World) -> None:
    tags = [row["userTags"] for row in world.reader.rows("students", "fields=userTags")]

    assert tags == [[], {"sims-id": '7 "é" %s'}, []]


def test_the_narrow_app_is_told_what_is_withheld(world: World) -> None:
    answered = world.narrow.get("students", "page-size=1&expand=person")

    withheld = (answered.header("Consentry-Withheld") or "").split(", ")
    (row,) = answered.json["students"]
    assert {"ethnicity", "religion", "person.legalLastName"} <= set(withheld)
    assert set(row) == {"entityType", "href", "id", "person", "studentNumber", "userTags"}
    assert set(row["person"]) == {"entityType", "href", "id", "legalFirstName", "gender"}
    assert world.narrow.get("students", "fields=studentNumber").header("Consentry-Withheld") is None
