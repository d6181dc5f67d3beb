"""Addresses as existing apps write them: tolerant names, codes, sites by path or by header."""

from collections.abc import Iterator

import pytest

from consentry.records.catalogue import catalogue
from tests.api.calls import call
from tests.api.rest_v2.conftest import World
from tests.world import add_school


@pytest.mark.parametrize(
    "written",
    [
        "students", "Students", "student", "Student", "STUDENTS", "sTuDeNt",
    ],
)  # fmt: skip
def test_pupils_by_any_spelling(world: World, written: str) -> None:
    assert [row["studentNumber"] for row in world.reader.rows(written)] == ["00001", "00002", "00003"]


@pytest.mark.parametrize(
    "written",
    [
        "uk-dfe_upn-assignments", "UkDfe_UpnAssignments", "ukdfe_upnassignment", "UkDfe_UpnAssignment",
        "UK-DFE_UPN-ASSIGNMENTS", "uk-dfe_upn-assignment", "ukDfe_upn-Assignments",
    ],
)  # fmt: skip
def test_names_with_a_module_by_any_spelling(world: World, written: str) -> None:
    answered = world.reader.get(written)

    assert answered.status == 200
    assert list(answered.json) == ["ukDfe_UpnAssignments"]


def spellings() -> Iterator[tuple[str, str]]:
    for data_type in catalogue():
        plural = data_type.collection.replace("-", "")
        for written in (data_type.name, data_type.collection, data_type.name.upper(), plural):
            yield written, data_type.name


@pytest.mark.parametrize(("written", "name"), list(spellings()))
def test_every_data_type_has_its_address_and_its_root(world: World, written: str, name: str) -> None:
    answered = world.reader.get(written, "page-size=1")

    assert answered.status == 200
    (root,) = answered.json
    assert root[0].islower()
    assert all(row["entityType"] == name and row["href"].startswith("/rest-v2/") for row in answered.json[root])


@pytest.mark.parametrize(
    "path",
    [
        "/oakfield/rest-v2/students",
        "/oakfield/rest-v2/students/",
        "//oakfield//rest-v2//students",
        "/oakfield/rest-v2//rest-v2/students",
        "/oakfield/rest-v2/rest-v2/students",
    ],
)
def test_slashes_and_a_doubled_root_do_no_harm(world: World, path: str) -> None:
    answered = call(path, headers={"Authorization": world.reader.basic})

    assert answered.status == 200
    assert len(answered.json["students"]) == 3


@pytest.mark.parametrize("path", ["/rest-v2/students", "//rest-v2/students", "/rest-v2//rest-v2/students"])
def test_the_header_names_the_site_at_the_root(world: World, path: str) -> None:
    headers = {"Authorization": world.reader.basic, "x-mis-application-id": "oakfield"}

    assert len(call(path, headers=headers).json["students"]) == 3


def test_at_the_root_without_the_header_there_is_nothing(world: World) -> None:
    assert call("/rest-v2/students", headers={"Authorization": world.reader.basic}).status == 404


def test_path_and_header_that_agree_are_served(world: World) -> None:
    assert world.reader.get("students", x_mis_application_id="oakfield").status == 200


def test_path_and_header_that_disagree_are_refused(world: World) -> None:
    add_school("elmwood")
    answered = world.reader.get("students", x_mis_application_id="elmwood")

    assert answered.status == 400
    assert "x-mis-application-id" in answered.message


@pytest.mark.parametrize("named", ["nowhere", "", "a\0b", "../oakfield", "OAKFIELD", "x" * 5000, "é"])
def test_a_header_that_names_no_site_is_a_404(world: World, named: str) -> None:
    headers = {"Authorization": world.reader.basic, "x-mis-application-id": named}

    assert call("/rest-v2/students", headers=headers).status == 404


@pytest.mark.parametrize("spelling", ["student", "students", "Students", "STUDENT"])
def test_one_pupil_by_id(world: World, spelling: str) -> None:
    ada = world.students[0]
    answered = world.reader.get(f"{spelling}/{ada.id}")

    assert answered.status == 200
    assert answered.json["student"]["href"] == f"/rest-v2/students/{ada.id}"
    assert answered.json["student"]["displayName"] == "Ada Ng"


@pytest.mark.parametrize("code", ["MALE"])
def test_an_entry_of_a_code_list_by_its_code(world: World, code: str) -> None:
    answered = world.reader.get(f"genders/{code}")

    assert answered.status == 200
    assert answered.json["gender"]["href"] == f"/rest-v2/genders/{code}"
    assert answered.json["gender"]["code"] == code


@pytest.mark.parametrize(
    "below",
    [
        "nothings", "", "students/999999999", "students/0", "students/-1", "students/abc", "students/1.0", "students/٣",
        "students/9223372036854775807", "students/9223372036854775808", "students/" + "9" * 400, "genders/NONE",
        "genders/1", "students/1/person", "students/1/2/3/4/5", "students/changelog/x",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_404_in_the_documented_shape(world: World, below: str) -> None:
    answered = world.reader.get(below)

    assert answered.status == 404
    assert answered.json["response"]["code"] == 404


def test_hrefs_never_carry_the_sites_prefix(world: World) -> None:
    text = world.reader.get("students", "expand=person,person.gender").body

    assert b"oakfield" not in text
    assert text.count(b'"href":"/rest-v2/') == text.count(b'"href":')


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_head_answers_as_get_without_the_body(world: World, method: str) -> None:
    plain = world.reader.get("students")
    answered = world.reader.get("students", method=method)

    assert answered.status == plain.status
    assert answered.headers == plain.headers
    assert answered.body == (b"" if method == "HEAD" else plain.body)


@pytest.mark.parametrize("method", ["PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", ""])
def test_other_methods_are_not_possible(world: World, method: str) -> None:
    answered = world.reader.get("students", method=method)

    assert answered.status == 405
    assert answered.header("Allow") == "GET, HEAD"
