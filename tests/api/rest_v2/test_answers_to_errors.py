"""Errors in the two documented shapes, with the keys that existing apps index without asking; XML; the rate limit."""

from typing import Any

import pytest
from lxml import etree

from consentry.api.rest_v2 import application
from consentry.audit.actor import OPERATOR
from consentry.partners.actions.suspend_app import suspend_app
from tests.api.calls import Answered, Client, call, client_of, service
from tests.api.rest_v2.conftest import World
from tests.world import NOW, add_app, ask


def check_first_shape(answered: Answered, status: int) -> dict[str, Any]:
    """`response` with an integer code, and errors whose entries have exception, message and trace, all texts."""
    assert answered.status == status
    (root,) = answered.json
    assert root == "response"
    response: dict[str, Any] = answered.json["response"]
    assert response["success"] is False
    assert type(response["code"]) is int
    assert response["code"] == status
    assert isinstance(response["reason"], str)
    assert response["errors"]
    for error in response["errors"]:
        assert {"exception", "message", "trace"} == set(error)
        assert all(isinstance(text, str) for text in error.values())
        assert error["trace"] == ""
    return response


def check_second_shape(answered: Answered) -> list[str]:
    """`status` with an integer code, and errors as texts."""
    assert answered.status == 422
    (root,) = answered.json
    assert root == "status"
    status = answered.json["status"]
    assert (status["success"], status["code"]) == (False, 422)
    assert all(isinstance(text, str) for text in status["errors"])
    errors: list[str] = status["errors"]
    return errors


def test_401_403_404_405_and_414_have_the_first_shape(world: World) -> None:
    check_first_shape(call("/oakfield/rest-v2/students"), 401)
    check_first_shape(world.narrow.get("staffs"), 403)
    check_first_shape(world.reader.get("students/999999"), 404)
    check_first_shape(world.reader.get("students", method="DELETE"), 405)
    check_first_shape(world.reader.get("students", "x=" + "y" * 200_000), 414)
    check_first_shape(call("/oakfield/rest-v2/stu\0dents"), 400)


def test_a_missing_permission_is_named_for_every_field_that_was_asked_for(world: World) -> None:
    answered = world.narrow.get("students", "fields=ethnicity,religion&filters.person.legalLastName.equals=x")

    messages = [error["message"] for error in check_first_shape(answered, 403)["errors"]]
    assert messages == [
        f"You do not have access to `{missing}`: the permission to read it is not granted."
        for missing in ("Student.ethnicity", "Student.religion", "Person.legalLastName")
    ]


@pytest.mark.parametrize(
    ("query", "blamed"),
    [
        ("filters.nonsense.equals=1", "nonsense"),
        ("filters.person.nonsense.equals=1", "person.nonsense"),
        ("filters.studentNumber.nearly=1", "filters.studentNumber.nearly"),
        ("filters.studentNumber=1", "filters.studentNumber"),
        ("filters.person.dateOfBirth.from=tomorrow", "filters.person.dateOfBirth.from"),
        ("filters.person.deceased.equals=maybe", "filters.person.deceased.equals"),
        ("filters.person.deceased.from=1", "filters.person.deceased.from"),
        ("filters.person.equals=/rest-v2/students/1", "filters.person.equals"),
        ("filters.person.equals=", "filters.person.equals"),
        ("filters.person.search=1", "filters.person.search"),
        ("filters.uniqueLearnerNumber.equals=abc", "filters.uniqueLearnerNumber.equals"),
        ("filters.studentNumber.equals[0]=1&filters.studentNumber.equals[1]=2", "filters.studentNumber.equals"),
        ("filters.id.equals=x", "filters.id.equals"),
        ("fields=nonsense", "nonsense"),
        ("fields=a,,b", "fields"),
        ("expand=studentNumber", "studentNumber"),
        ("expand=person.legalLastName", "person.legalLastName"),
        ("expand=person..gender", "expand"),
        ("order-property=nonsense", "nonsense"),
        ("order-property=id&order-direction=up", "order-direction"),
        ("page-size=0x", "page-size"),
        ("page-size=0", "page-size"),
        ("format=yaml", "format"),
        ("format=", "format"),
        ("cursor=x", "cursor"),
        ("a=1&a=2", "a"),
    ],
)
def test_what_cannot_be_understood_is_a_422_that_names_the_parameter(world: World, query: str, blamed: str) -> None:
    errors = check_second_shape(world.reader.get("students", query))

    assert len(errors) == 1
    assert errors[0].startswith(f"{blamed}: ")


def test_unknown_parameters_are_ignored(world: World) -> None:
    assert world.reader.get("students", "currentlyEnrolled=true&_=123&X=").status == 200


def test_the_answer_before_each_closed_door(world: World) -> None:
    app = add_app("Waiting")
    connection = ask(app, world.site)
    waiting = client_of(app, world.site)
    assert (waiting.get("students").status, waiting.get("students").kind) == (403, "ConnectionPending")

    never = client_of(add_app("Never asked"), world.site)
    assert (never.get("students").status, never.get("students").kind) == (403, "ConnectionMissing")

    suspend_app(app, by=OPERATOR, at=NOW)
    assert (waiting.get("students").status, waiting.get("students").kind) == (403, "AppSuspended")
    assert connection.state == "pending"


def test_too_many_calls_are_told_when_to_come_back(world: World) -> None:
    client = client_of(world.reader.app, world.site, to=service(limit=3))
    statuses = [client.get("genders").status for _ in range(5)]
    answered = client.get("genders")

    assert statuses == [200, 200, 200, 429, 429]
    assert check_first_shape(answered, 429)["reason"] == "Too Many Requests"
    assert 1 <= int(answered.header("Retry-After") or 0) <= 20


def test_a_page_counts_as_one_call_more_for_each_thousand_records(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "RECORDS_A_CALL", 100)
    client = Client(world.site, world.reader.app, world.reader.secret, to=service(limit=6))

    assert [client.get("countries", "page-size=249").status for _ in range(3)] == [200, 200, 429]


def test_the_limit_is_each_apps_own(world: World) -> None:
    limited = service(limit=1)
    other = world.connect(add_app("Second"))
    first, second = client_of(world.narrow.app, world.site, to=limited), client_of(other.app, world.site, to=limited)

    assert [first.get("students").status, first.get("students").status, second.get("students").status] == [
        200,
        429,
        200,
    ]


def test_guessing_is_slowed_down_without_locking_out_the_app(world: World) -> None:
    limited = service(failures=2)
    statuses = [
        call("/oakfield/rest-v2/students", headers={"Authorization": "Basic YTpi"}, to=limited).status for _ in range(4)
    ]

    assert statuses == [401, 401, 429, 429]
    assert call("/oakfield/rest-v2/students", headers={"Authorization": world.reader.basic}, to=limited).status == 200


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("", None, "json"),
        ("", "*/*", "json"),
        ("", "application/json", "json"),
        ("", "text/xml", "xml"),
        ("", "application/xml;q=0.9", "xml"),
        ("", "application/json, application/xml", "json"),
        ("", "text/html,application/xhtml+xml,application/xml", "json"),
        ("format=xml", None, "xml"),
        ("format=XML", "application/json", "xml"),
        ("format=json", "application/xml", "json"),
        ("format=%78ml", "application/json", "xml"),
        ("xformat=json", "application/xml", "xml"),
    ],
)
def test_json_unless_xml_is_asked_for(world: World, query: str, accept: str | None, kind: str) -> None:
    headers = {"Accept": accept} if accept else {}
    answered = world.reader.get("genders", query, **headers)

    assert answered.header("Content-Type") == f"application/{kind}; charset=utf-8"
    assert answered.header("Content-Length") == str(len(answered.body))


def test_xml_holds_what_json_holds(world: World) -> None:
    ada = world.students[0]
    record = etree.fromstring(world.reader.get(f"students/{ada.id}", "format=xml&expand=person").body)

    assert record.tag == "response"
    assert record.findtext("student/studentNumber") == "00001"
    assert record.findtext("student/person/legalLastName") == "Ng"
    assert record.findtext("student/ethnicity") == ""


def test_a_single_record_too_is_json_or_xml_alone(world: World) -> None:
    (error,) = check_second_shape(world.reader.get(f"students/{world.students[0].id}", "format=yaml"))

    assert error == "format: is json or xml"


def test_errors_as_xml(world: World) -> None:
    refused = etree.fromstring(world.narrow.get("staffs", "format=xml").body)
    invalid = etree.fromstring(world.reader.get("students", "format=xml&cursor=x").body)

    assert refused.findtext("code") == "403"
    assert "`Staff`" in (refused.findtext("errors/item/message") or "")
    assert invalid.findtext("status/code") == "422"


def test_no_answer_may_be_kept_or_guessed_at(world: World) -> None:
    for answered in (world.reader.get("students"), world.reader.get("nothing"), call("/rest-v2/x")):
        assert answered.header("Cache-Control") == "no-store, private"
        assert answered.header("X-Content-Type-Options") == "nosniff"


def test_no_answer_speaks_of_what_is_inside(world: World) -> None:
    for query in ("filters.x.equals=1", "fields='", "order-property=id;", "expand=%25s", "cursor=a:b"):
        text = world.reader.get("students", query).body.lower()
        assert not any(word in text for word in (b"traceback", b"psycopg", b"select ", b"records_", b".py"))
