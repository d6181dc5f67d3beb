"""The faults that can be switched on, to try a sender by."""

from collections.abc import Iterator
from functools import partial

import pytest
import requests

from consentry.collector.faults import Fault
from consentry.project.command_line.collector import FAULTS
from tests.collector.sender import Sender, errors_of
from tests.collector.world import a_submission
from tests.races import TIMES, Racers


@pytest.fixture(autouse=True)
def put_right(sender: Sender) -> Iterator[None]:
    yield
    assert sender.switch("none").status_code == 200


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        ("error", 500, ("fault", "")),
        ("too_many", 429, ("too_many_requests", "")),
        ("bad_token", 401, ("bad_token", "")),
    ],
)
def test_a_fault_shows_as_often_as_is_said(sender: Sender, fault: str, status: int, error: tuple[str, str]) -> None:
    sender.switch(fault, times=2, retry_after=7)
    answers = [sender.send(a_submission(urn="400001")) for _ in range(3)]

    assert [each.status_code for each in answers] == [status, status, 201]
    assert errors_of(answers[0]) == [error]
    assert answers[0].headers.get("Retry-After") == ("7" if fault == "too_many" else None)


@pytest.mark.races
def test_of_many_at_once_as_many_see_the_fault_as_is_said(senders: list[Sender]) -> None:
    with Racers(len(senders)) as racers:
        for _ in range(TIMES):
            senders[0].switch("error", times=3)
            answers = racers.at_once(*(partial(each.send, a_submission(urn="400006")) for each in senders))
            assert sorted(each.status_code for each in answers) == [201] * 5 + [500] * 3


def test_a_fault_without_a_number_of_times_stays(sender: Sender) -> None:
    sender.switch("error")
    assert [sender.send(a_submission()).status_code for _ in range(4)] == [500] * 4
    sender.switch("none")
    assert sender.send(a_submission(urn="400002")).status_code == 201


def test_a_dropped_answer_leaves_the_submission_received(sender: Sender) -> None:
    """The worst moment: all is stored, and the sender does not know. It sends again, and is told the first receipt."""
    key, body = "3f2b8c1e-9a4d-4a55-8f0e-6d2f1f7f0a01", a_submission(urn="400003")
    sender.switch("drop", times=1)
    with pytest.raises(requests.ConnectionError, match="without response"):
        sender.send(body, key)

    (receipt,) = sender.receipts("400003")
    assert sender.days("400003") == body["days"]
    again = sender.send(body, key)
    assert (again.status_code, again.json()["id"]) == (200, receipt["id"])


def test_what_is_refused_is_dropped_as_well(sender: Sender) -> None:
    sender.switch("drop", times=1)
    with pytest.raises(requests.ConnectionError, match="without response"):
        sender.send("{")


def test_a_slow_answer_keeps_its_sender_waiting_and_nobody_else(sender: Sender) -> None:
    sender.switch("slow", times=1, seconds=1)
    with pytest.raises(requests.ReadTimeout):
        sender.session.post(
            f"{sender.running.base_url}/submissions", headers={"Authorization": f"Bearer {sender.token}"}, timeout=0.2
        )
    assert sender.send(a_submission(urn="400004")).status_code == 201


def test_a_first_secret_that_is_refused_leaves_the_second(sender: Sender) -> None:
    sender.switch("wrong_secret", times=1)
    first, second = sender.running.client_secrets
    answers = [sender.ask_token(client_secret=each) for each in (second, first, first)]

    assert [each.status_code for each in answers] == [200, 401, 200]
    assert answers[1].json()["error"] == "invalid_client"


def test_the_switch_tells_what_is_left(sender: Sender) -> None:
    told = sender.switch("too_many", times=3, retry_after=9)
    assert told.json() == {"fault": "too_many", "times": 3, "retry_after": 9, "seconds": 30}
    sender.send(a_submission())
    asked = sender.get("/faults", **{"Control-Key": sender.running.control_key})
    assert (asked.json()["fault"], asked.json()["times"]) == ("too_many", 2)


def test_a_fault_of_submissions_shows_nowhere_else(sender: Sender) -> None:
    sender.switch("error")
    assert sender.ask_token().status_code == 200
    assert sender.get("/receipts").status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "error"),
    [
        ({"fault": "fire"}, 422, ("unknown_value", "fault")),
        ({"fault": "error", "times": 0}, 422, ("too_small", "times")),
        ({"fault": "slow", "minutes": 1}, 422, ("unknown_field", "minutes")),
        ({"fault": "slow", "seconds": 90_000}, 422, ("too_large", "seconds")),
        ({"fault": "error", "key": "another"}, 401, ("bad_control_key", "")),
    ],
)
def test_the_switch_takes_what_it_knows(
    sender: Sender, asked: dict[str, str], status: int, error: tuple[str, str]
) -> None:
    answer = sender.switch(**asked)
    assert (answer.status_code, errors_of(answer)) == (status, [error])
    assert sender.send(a_submission(urn="400005")).status_code == 201


def test_the_command_knows_every_fault() -> None:
    assert [each.value for each in Fault] == list(FAULTS)
