"""What is taken and what is refused, judged by the collector's own schema and checks."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.collector.flaws import FlawedError
from consentry.collector.schema import SCHEMA
from consentry.collector.submission import submission_of_csv, submission_of_json
from tests.collector.world import TUESDAY, URN, WEDNESDAY, a_submission, as_csv, totals_of

TODAY = date(2026, 11, 20)

Wrong = Callable[[dict[str, Any]], object]


def flaws_in(body: Any) -> list[tuple[str, str]]:
    """Codes and places of what is wrong with this JSON."""
    with pytest.raises(FlawedError) as refused:
        submission_of_json(json.dumps(body).encode(), today=TODAY)
    return [(each.as_json()["code"], each.as_json()["path"]) for each in refused.value.flaws]


def flaws_in_csv(text: str) -> list[tuple[str, str]]:
    """The same of this CSV."""
    with pytest.raises(FlawedError) as refused:
        submission_of_csv(text.encode(), today=TODAY)
    return [(each.as_json()["code"], each.as_json()["path"]) for each in refused.value.flaws]


def session_of(body: dict[str, Any], day: int = 0, session: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = body["days"][day]["sessions"][session]
    return found


def in_totals(body: dict[str, Any]) -> dict[str, Any]:
    """The submission in totals instead of marks."""
    for day in body["days"]:
        day["sessions"] = [totals_of(each) for each in day["sessions"]]
    return body


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    """All objects of a body, from the outside in."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects_in(each)


def test_the_schema_is_one() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_object_of_the_schema_takes_no_other_fields() -> None:
    shapes = [each for each in objects_in(SCHEMA) if each.get("type") == "object"]

    assert len(shapes) == 8
    assert all(each["additionalProperties"] is False for each in shapes)


@pytest.mark.parametrize("shaped", [dict, in_totals])
def test_what_is_right_is_taken_as_it_is(shaped: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    body = shaped(a_submission())
    assert submission_of_json(json.dumps(body).encode(), today=TODAY).days == body["days"]
    told = submission_of_csv(as_csv(body).encode(), today=TODAY)
    assert (told.urn, told.days) == (URN, body["days"])


def test_sessions_not_taken_and_days_without_sessions_are_taken() -> None:
    body = a_submission()
    body["days"][0]["sessions"] = [{"session": "AM", "taken": False, "marks": []}]
    body["days"][1]["sessions"] = []
    assert submission_of_json(json.dumps(body).encode(), today=TODAY).days == body["days"]
    assert submission_of_csv(as_csv(body).encode(), today=TODAY).days == body["days"]


def test_small_numbers_may_be_hidden() -> None:
    """What is hidden is one or more; sums that cannot be known are not looked at."""
    body = a_submission(TUESDAY)
    session_of(body)["marks"][1]["count"] = None
    body["days"][0]["roll"]["by_year_group"]["2"] = None
    assert submission_of_json(json.dumps(body).encode(), today=TODAY).days == body["days"]
    body["days"][0]["roll"]["total"] = None
    assert submission_of_csv(as_csv(body).encode(), today=TODAY).days == body["days"]
    body["days"][0]["roll"]["total"] = 58
    assert flaws_in(body)[0] == ("roll_differs", "days[0].roll.total")


PERSONAL = st.text() | st.sampled_from(["forename", "surname", "upn", "date_of_birth", "pupils", "name", "id", "7"])
KNOWN = {"total", "session", "taken", "marks", "by_code", "by_year_group", "date", "roll", "sessions", "count"}
KNOWN |= {"urn", "year_groups", "days", "year_group", "code"}


@given(st.data(), st.booleans(), PERSONAL.filter(lambda name: name not in KNOWN))
def test_no_other_field_is_taken_anywhere(data: st.DataObject, full: bool, name: str) -> None:  # noqa: FBT001
    """No names, no ids: there is no place in which anything about one person could be sent."""
    body = a_submission() if full else in_totals(a_submission())
    objects = list(objects_in(body))
    where = data.draw(st.sampled_from(objects))
    if where is body["days"][0]["roll"]["by_year_group"] or where is body["days"][1]["roll"]["by_year_group"]:
        name = f"pupil {name}"  # any year group may be on roll
    where[name] = data.draw(st.text() | st.integers() | st.none() | st.lists(st.text()))

    assert "unknown_field" in {code for code, _ in flaws_in(body)}


@given(st.data())
def test_no_text_is_taken_but_what_the_schema_lists(data: st.DataObject) -> None:
    """Each text of a submission is a number, a day or a word out of a list."""
    body = a_submission(TUESDAY)
    texts = [(each, name) for each in objects_in(body) for name, value in each.items() if isinstance(value, str)]
    where, name = data.draw(st.sampled_from(texts))
    where[name] = "Asha " + data.draw(st.text())

    assert flaws_in(body)[0][0] in {"unknown_value", "wrong_form"}


def test_a_value_that_was_sent_is_not_repeated() -> None:
    """It may be what should not have been sent at all, and answers are kept."""
    body = a_submission() | {"urn": "Asha Patel"}
    with pytest.raises(FlawedError) as refused:
        submission_of_json(json.dumps(body).encode(), today=TODAY)
    assert [each.message for each in refused.value.flaws] == ["It must match ^[0-9]{6}$."]


def changed(**fields: Any) -> Wrong:
    return lambda body: body.update(fields)


def of_day(**fields: Any) -> Wrong:
    return lambda body: body["days"][0].update(fields)


def of_session(**fields: Any) -> Wrong:
    return lambda body: session_of(body).update(fields)


def of_mark(**fields: Any) -> Wrong:
    return lambda body: session_of(body)["marks"][1].update(fields)


AM, MARK = "days[0].sessions[0]", "days[0].sessions[0].marks[1]"
SHAPES: list[tuple[Wrong, tuple[str, str]]] = [
    (changed(urn="12345"), ("wrong_form", "urn")),
    (changed(urn="123456\n"), ("wrong_form", "urn")),
    (changed(urn=123456), ("wrong_type", "urn")),
    (changed(days=[]), ("too_few", "days")),
    (changed(days={}), ("wrong_type", "days")),
    (changed(year_groups=["R", "R"]), ("duplicate", "year_groups")),
    (changed(year_groups=["15"]), ("unknown_value", "year_groups[0]")),
    (lambda body: body.pop("urn"), ("missing_field", "urn")),
    (lambda body: body["days"][1]["roll"].pop("total"), ("missing_field", "days[1].roll.total")),
    (of_day(date="2026-11-31"), ("wrong_form", "days[0].date")),
    (of_day(date="20261117"), ("wrong_form", "days[0].date")),
    (of_day(date="0000-01-01"), ("wrong_form", "days[0].date")),
    (of_day(sessions=None), ("wrong_type", "days[0].sessions")),
    (lambda body: body["days"][0]["roll"]["by_year_group"].update(R=-1), ("too_small", "days[0].roll.by_year_group.R")),
    (
        lambda body: body["days"][0]["roll"]["by_year_group"].update({"2": "27"}),
        ("wrong_type", "days[0].roll.by_year_group.2"),
    ),
    (of_session(session="EVENING"), ("unknown_value", f"{AM}.session")),
    (of_session(taken="true"), ("wrong_type", f"{AM}.taken")),
    (lambda body: session_of(body).pop("marks"), ("missing_field", AM)),
    (of_session(by_code=[]), ("marks_and_totals", AM)),
    (of_mark(code="Z"), ("unknown_value", f"{MARK}.code")),
    (of_mark(code="i"), ("unknown_value", f"{MARK}.code")),
    (of_mark(count=0), ("too_small", f"{MARK}.count")),
    (of_mark(count=10**40), ("too_large", f"{MARK}.count")),
    (of_mark(count=1.5), ("wrong_type", f"{MARK}.count")),
    (of_mark(count=True), ("wrong_type", f"{MARK}.count")),
]


@pytest.mark.parametrize(("make_wrong", "told"), SHAPES, ids=[" ".join(told) for _, told in SHAPES])
def test_what_has_not_the_shape_is_refused_with_its_place(make_wrong: Wrong, told: tuple[str, str]) -> None:
    body = a_submission()
    make_wrong(body)
    assert told in flaws_in(body)


def add_day(date: str) -> Wrong:
    return lambda body: body["days"].append(a_submission(date)["days"][0])


PM = "days[0].sessions[1]"
CHECKS: list[tuple[Wrong, list[tuple[str, str]]]] = [
    (lambda body: body["days"][0]["roll"].update(total=86), [("roll_differs", "days[0].roll.total")]),
    (add_day(WEDNESDAY), [("duplicate", "days[2].date")]),
    (add_day("2026-11-16"), [("days_out_of_order", "days[2].date")]),
    (add_day("2026-11-21"), [("in_the_future", "days[2].date")]),
    (lambda body: body["days"][0]["sessions"].append(session_of(body)), [("too_many", "days[0].sessions")]),
    (lambda body: body["days"][0].update(sessions=[session_of(body)] * 2), [("duplicate", PM)]),
    (of_mark(code="/"), [("duplicate", f"{AM}.marks[1]")]),
    (of_mark(year_group="7"), [("not_on_roll", f"{MARK}.year_group")]),
    (of_mark(code="\\"), [("wrong_session", f"{MARK}.code")]),
    (
        lambda body: session_of(body, session=1)["marks"][1].update(code="/"),
        [("wrong_session", f"{PM}.marks[1].code")],
    ),
    (of_mark(code="H"), [("code_not_in_force", f"{MARK}.code")]),
    (of_session(marks=[]), [("no_marks", AM)]),
    (of_session(taken=False), [("marks_without_register", f"{AM}.marks")]),
    (of_mark(count=3), [("more_than_roll", AM)]),
]


@pytest.mark.parametrize(("make_wrong", "told"), CHECKS, ids=[told[0][0] for _, told in CHECKS])
def test_what_is_not_true_of_a_school_is_refused(make_wrong: Wrong, told: list[tuple[str, str]]) -> None:
    body = a_submission()
    make_wrong(body)
    assert flaws_in(body) == told


def test_codes_are_those_of_their_day() -> None:
    """Until 18 August 2024 the codes of 2006, since the 19th those of 2024."""
    before, since = a_submission("2024-08-18"), a_submission("2024-08-19")
    for body in (before, since):
        session_of(body)["marks"][1]["code"] = "Y1"
        session_of(body)["marks"][3]["code"] = "Y"
    assert flaws_in(before) == [("code_not_in_force", f"{AM}.marks[1].code")]
    assert flaws_in(since) == [("code_not_in_force", f"{AM}.marks[3].code")]


def test_totals_are_checked_like_marks() -> None:
    body = in_totals(a_submission(TUESDAY))
    session = session_of(body)
    session["by_code"][0]["count"] -= 1
    session["by_year_group"].append({"year_group": "X", "count": 1})
    assert flaws_in(body) == [
        ("not_on_roll", f"{AM}.by_year_group[3].year_group"),
        ("sums_differ", AM),
        ("more_than_roll", AM),
    ]


def test_fifty_flaws_are_told_at_most() -> None:
    body = a_submission(TUESDAY)
    session_of(body)["marks"] = [{"year_group": "R", "code": "I", "count": 0}] * 99
    assert flaws_in(body) == [("too_small", f"{AM}.marks[{number}].count") for number in range(50)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "not_json"),
        (b'{"urn": NaN}', "not_json"),
        (b'{"urn": "\xff"}', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"urn": ' + b"1" * 5_000 + b"}", "not_json"),
        (b'{"urn": "123456", "urn": "654321"}', "field_twice"),
    ],
)
def test_what_is_not_plainly_json_is_not_read(text: bytes, code: str) -> None:
    with pytest.raises(FlawedError) as refused:
        submission_of_json(text, today=TODAY)
    assert (refused.value.status, str(refused.value)) == (400, code)


@pytest.mark.parametrize(
    ("text", "code"), [(b'{"urn": "\\ud800"}', "wrong_form"), (b"[" * 300 + b"]" * 300, "too_deep")]
)
def test_json_that_nobody_means_is_refused(text: bytes, code: str) -> None:
    body = text if code == "wrong_form" else b'{"urn": ' + text + b"}"
    with pytest.raises(FlawedError) as refused:
        submission_of_json(body, today=TODAY)
    assert (refused.value.status, str(refused.value)) == (422, code)


HEADER, ON = "urn,date,session,year_group,code,count", f"{URN},{TUESDAY}"
LINES = [HEADER, f"{ON},ROLL,R,,30", f"{ON},AM,R,/,28", f"{ON},AM,R,I,2", f"{ON},PM,,,not taken"]


def test_lines_tell_a_school() -> None:
    told = submission_of_csv(b"\xef\xbb\xbf" + "\n".join(LINES).encode(), today=TODAY)
    marks = [{"year_group": "R", "code": code, "count": count} for code, count in (("/", 28), ("I", 2))]
    assert told.days == [
        {
            "date": TUESDAY,
            "roll": {"total": 30, "by_year_group": {"R": 30}},
            "sessions": [
                {"session": "AM", "taken": True, "marks": marks},
                {"session": "PM", "taken": False, "marks": []},
            ],
        }
    ]


@pytest.mark.parametrize(
    ("number", "line", "told"),
    [
        (1, "urn,date,session,name,code,count", ("wrong_header", "lines[1]")),
        (2, f"{ON},ROLL,15,,30", ("unknown_value", "lines[2]")),
        (2, f"{ON},ROLL,R,/,30", ("code_of_roll", "lines[2].code")),
        (3, f"{ON},AM,R,/,28,Asha", ("wrong_columns", "lines[3]")),
        (3, "", ("wrong_columns", "lines[3]")),
        (3, f"{ON},AM,R,/,-1", ("wrong_type", "lines[3].count")),
        (3, f"{ON},AM,R,/,٣", ("wrong_type", "lines[3].count")),
        (3, f"{ON},AM,R,/,not taken", ("wrong_type", "lines[3].count")),
        (3, f"{ON},EVENING,R,/,28", ("unknown_value", "lines[3].session")),
        (3, f"{ON},AM,7,/,28", ("not_on_roll", "lines[3].year_group")),
        (3, f"{ON},AM,,/,28", ("marks_and_totals", "lines[3]")),
        (3, f"654321,{TUESDAY},AM,R,/,28", ("several_schools", "lines[3].urn")),
        (4, f"{ON},AM,R,/,2", ("duplicate", "lines[4]")),
        (4, f"{ON},ROLL,R,,30", ("duplicate", "lines[4]")),
        (4, f"{ON},AM,R,I,3", ("more_than_roll", "lines[3]")),
        (5, f"{ON},AM,,,not taken", ("marks_without_register", "lines[3].marks")),
        (5, f"{URN},2026-02-30,AM,,,not taken", ("wrong_form", "lines[5].date")),
    ],
)
def test_flaws_of_lines_are_told_by_their_line(number: int, line: str, told: tuple[str, str]) -> None:
    lines = [line if at == number else each for at, each in enumerate(LINES, start=1)]
    assert told in flaws_in_csv("\n".join(lines))


@pytest.mark.parametrize("text", [b'urn,date\n"', b"\xff", b'"' + b"x" * 140_000 + b'"'])
def test_what_is_not_csv_is_not_read(text: bytes) -> None:
    with pytest.raises(FlawedError) as refused:
        submission_of_csv(text, today=TODAY)
    assert (refused.value.status, str(refused.value)) == (400, "not_csv")


@pytest.mark.parametrize(("text", "told"), [("", ("wrong_header", "lines[1]")), (HEADER, ("too_few", "lines[1].days"))])
def test_a_file_without_lines_is_refused(text: str, told: tuple[str, str]) -> None:
    assert told in flaws_in_csv(text)
