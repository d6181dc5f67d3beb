"""Sending to the collector: what is answered, what is kept, and that a repeat is not a second."""

import json
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.collector.sender import Sender, errors_of
from tests.collector.world import TUESDAY, WEDNESDAY, a_submission, as_csv
from tests.races import TIMES, Racers

JSON, CSV = "application/json", "text/csv"


def test_a_submission_is_received_and_can_be_looked_at(sender: Sender) -> None:
    body = a_submission(urn="100001")
    answer = sender.send(body)

    assert answer.status_code == 201
    receipt = answer.json()
    assert set(receipt) == {"id", "received_at", "urn", "days"}
    assert (UUID(receipt["id"]).version, receipt["urn"], receipt["days"]) == (4, "100001", 2)
    assert datetime.fromisoformat(receipt["received_at"]).tzinfo is not None
    assert sender.days("100001") == body["days"]


def test_lines_and_json_tell_the_same(sender: Sender) -> None:
    body = a_submission(urn="100002")
    assert sender.send(as_csv(body), media_type="text/csv; charset=utf-8").status_code == 201
    assert sender.days("100002") == body["days"]


@pytest.mark.parametrize("media_type", [JSON, CSV])
def test_a_repeat_gets_the_very_same_receipt(sender: Sender, media_type: str) -> None:
    """After a crash the sender sends again: that is not a second submission."""
    urn, key = {JSON: "100003", CSV: "100004"}[media_type], str(uuid4())
    body = a_submission(urn=urn)
    text = json.dumps(body) if media_type == JSON else as_csv(body)
    first, *others = [sender.send(text, each, media_type) for each in (key, key.upper(), key)]

    assert [first.status_code, *(each.status_code for each in others)] == [201, 200, 200]
    assert [each.json() for each in others] == [first.json()] * 2
    assert [(each["id"], each["key"], each["repeats"]) for each in sender.receipts(urn)] == [
        (first.json()["id"], key, 2)
    ]


def test_a_repeat_changes_nothing(sender: Sender) -> None:
    """A repeat that comes late must not undo what was sent after it."""
    key, old, new = str(uuid4()), a_submission(urn="100005"), a_submission(urn="100005")
    new["days"][0]["sessions"] = []
    assert [sender.send(body, each).status_code for body, each in ((old, key), (new, ""), (old, key))] == [
        201,
        201,
        200,
    ]
    assert sender.days("100005") == new["days"]


def test_a_key_is_for_one_body(sender: Sender) -> None:
    key = str(uuid4())
    sender.send(a_submission(urn="100006"), key)
    other = sender.send(a_submission(TUESDAY, urn="100006"), key)

    assert (other.status_code, errors_of(other)) == (422, [("key_reused", "")])
    assert len(sender.days("100006")) == 2


def test_a_key_whose_body_was_refused_is_free(sender: Sender) -> None:
    key, body = str(uuid4()), a_submission(urn="100007")
    assert sender.send(body | {"days": []}, key).status_code == 422
    assert sender.send(body, key).status_code == 201


def test_a_day_is_replaced_as_a_whole_by_what_is_sent_last(sender: Sender) -> None:
    first, second = a_submission(urn="100008"), a_submission(WEDNESDAY, "2026-11-19", urn="100008")
    del second["days"][0]["sessions"][1]
    sender.send(first)
    sender.send(second)

    assert sender.days("100008") == [first["days"][0], *second["days"]]


def test_nothing_of_a_refused_submission_is_kept(sender: Sender) -> None:
    body = a_submission(urn="100009")
    body["days"][1]["sessions"][0]["marks"][0]["forename"] = "Asha"
    answer = sender.send(body)

    assert (answer.status_code, answer.json()["title"]) == (422, HTTPStatus.UNPROCESSABLE_ENTITY.phrase)
    assert errors_of(answer) == [("unknown_field", "days[1].sessions[0].marks[0].forename")]
    assert (sender.days("100009"), sender.receipts("100009")) == ([], [])


def test_flaws_of_lines_are_answered_by_line(sender: Sender) -> None:
    lines = as_csv(a_submission(urn="100010")).replace("AM,R,I,2", "AM,R,Z,2", 1)
    answer = sender.send(lines, media_type=CSV)
    assert (answer.status_code, errors_of(answer)) == (422, [("unknown_value", "lines[6].code")])


@pytest.mark.races
def test_one_submission_from_many_at_once_is_one(senders: list[Sender]) -> None:
    """The same key and body at the same moment: one receipt for all."""
    body = json.dumps(a_submission(urn="100011"))
    with Racers(len(senders)) as racers:
        for _ in range(TIMES):
            key = str(uuid4())
            answers = racers.at_once(*(partial(each.send, body, key) for each in senders))
            assert sorted(each.status_code for each in answers) == [200] * 7 + [201]
            assert len({each.json()["id"] for each in answers}) == 1
    assert [each["repeats"] for each in senders[0].receipts("100011")] == [7] * TIMES


@pytest.mark.races
def test_many_schools_at_once_are_all_kept(senders: list[Sender]) -> None:
    with Racers(len(senders)) as racers:
        for urns in (range(first, first + len(senders)) for first in range(200_000, 200_000 + 8 * TIMES, 8)):
            sent = zip(senders, urns, strict=True)
            answers = racers.at_once(*(partial(each.send, a_submission(urn=str(urn))) for each, urn in sent))
            assert [each.status_code for each in answers] == [201] * len(senders)
            assert [senders[0].days(str(urn)) for urn in urns] == [a_submission()["days"]] * len(senders)


@pytest.mark.parametrize(
    ("headers", "status", "error"),
    [
        ({"Authorization": None}, 401, ("no_token", "")),
        ({"Authorization": "Basic YTpi"}, 401, ("no_token", "")),
        ({"Authorization": "Bearer not-a-token"}, 401, ("bad_token", "")),
        ({"Idempotency-Key": None}, 400, ("no_key", "")),
        ({"Idempotency-Key": "1"}, 400, ("no_key", "")),
        ({"Content-Type": None}, 415, ("media_type", "")),
        ({"Content-Type": "application/xml"}, 415, ("media_type", "")),
        ({"Content-Type": "text/csv; charset=utf-16"}, 415, ("media_type", "")),
        ({"Content-Encoding": "gzip"}, 415, ("media_type", "")),
    ],
)
def test_each_header_is_looked_at(
    sender: Sender, headers: dict[str, str | None], status: int, error: tuple[str, str]
) -> None:
    answer = sender.send(a_submission(), headers=headers)
    assert (answer.status_code, errors_of(answer)) == (status, [error])
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize(("body", "status", "code"), [("{", 400, "not_json"), ("[]", 422, "wrong_type")])
def test_a_body_that_is_nothing_is_refused(sender: Sender, body: str, status: int, code: str) -> None:
    answer = sender.send(body)
    assert (answer.status_code, errors_of(answer)) == (status, [(code, "")])


def test_a_body_of_more_than_a_megabyte_is_refused(sender: Sender) -> None:
    padded = json.dumps(a_submission()) + " " * 1024 * 1024
    in_pieces = (padded[start : start + 9000].encode() for start in range(0, len(padded), 9000))
    bodies: list[Any] = [padded.encode(), in_pieces]
    for body in bodies:
        answer = sender.session.post(
            f"{sender.running.base_url}/submissions",
            data=body,
            headers={
                "Authorization": f"Bearer {sender.token}",
                "Idempotency-Key": str(uuid4()),
                "Content-Type": JSON,
            },
        )
        assert (answer.status_code, errors_of(answer)) == (413, [("request_entity_too_large", "")])


def test_a_sender_of_much_reads_why_it_was_refused(sender: Sender) -> None:
    """A token that has ended is no broken connection: the whole body is taken before the answer."""
    answer = sender.send(json.dumps(a_submission()) + " " * 1_000_000, headers={"Authorization": "Bearer ended"})
    assert (answer.status_code, errors_of(answer)) == (401, [("bad_token", "")])


def test_other_addresses_and_methods_are_refused_in_the_same_style(sender: Sender) -> None:
    lost, wrong = sender.get("/nowhere"), sender.get("/submissions")
    assert (lost.status_code, errors_of(lost)) == (404, [("not_found", "")])
    assert (wrong.status_code, errors_of(wrong)) == (405, [("method_not_allowed", "")])
    assert "POST" in wrong.headers["Allow"]


def test_days_can_be_bounded(sender: Sender) -> None:
    sender.send(a_submission("2026-11-16", TUESDAY, WEDNESDAY, urn="100012"))
    bounded = sender.get(f"/schools/100012/days?from={TUESDAY}&to={TUESDAY}").json()
    assert (bounded["urn"], [each["date"] for each in bounded["days"]]) == ("100012", [TUESDAY])
    assert sender.get(f"/schools/100012/days?from={WEDNESDAY}").json()["days"][0]["date"] == WEDNESDAY
    assert sender.days("999999") == []


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/schools/1/days", 404, ("not_found", "")),
        ("/schools/100012/days?from=yesterday", 400, ("wrong_form", "from")),
        ("/schools/100012/days?to=2026-02-30", 400, ("wrong_form", "to")),
    ],
)
def test_what_cannot_be_asked_is_refused(sender: Sender, path: str, status: int, error: tuple[str, str]) -> None:
    answer = sender.get(path)
    assert (answer.status_code, errors_of(answer)) == (status, [error])


@pytest.mark.parametrize("path", ["/schools/100012/days", "/receipts"])
def test_what_was_received_is_shown_for_a_token_alone(sender: Sender, path: str) -> None:
    assert errors_of(sender.get(path, Authorization="Bearer x")) == [("bad_token", "")]


def test_the_schema_is_published(sender: Sender) -> None:
    answer = sender.session.get(f"{sender.running.base_url}/schema.json")
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.json()["properties"]["urn"]["pattern"] == "^[0-9]{6}$"


def test_each_request_is_a_line_of_the_log_without_what_it_held(sender: Sender) -> None:
    sender.send(a_submission(urn="100013"))
    sender.get("/receipts?urn=100013")
    log = sender.running.log_file.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]

    assert all(list(line)[:4] == ["at", "method", "path", "status"] for line in lines)
    assert {("POST", "/submissions", 201), ("GET", "/receipts", 200)} <= {
        (line["method"], line["path"], line["status"]) for line in lines
    }
    held = [sender.token, "100013", *sender.running.client_secrets, sender.running.control_key]
    assert [each for each in held if each in log] == []
