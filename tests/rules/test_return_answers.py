"""What a collector's answer means, and when it is tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.return_answers import (
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    Outcome,
    Patience,
    Verdict,
    asked_to_wait,
    outcome_of,
)

NOW = datetime(2025, 11, 3, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.RECEIVED), (201, Verdict.RECEIVED), (204, Verdict.RECEIVED),
        (301, Verdict.REFUSED), (302, Verdict.REFUSED), (400, Verdict.REFUSED), (401, Verdict.REFUSED),
        (403, Verdict.REFUSED), (404, Verdict.REFUSED), (409, Verdict.REFUSED), (410, Verdict.REFUSED),
        (413, Verdict.REFUSED), (422, Verdict.REFUSED),
        (408, Verdict.AGAIN), (425, Verdict.AGAIN), (429, Verdict.AGAIN),
        (500, Verdict.AGAIN), (502, Verdict.AGAIN), (503, Verdict.AGAIN), (504, Verdict.AGAIN),
    ],
)  # fmt: skip
def test_faults_are_tried_again_and_refusals_are_not(status: int, verdict: Verdict) -> None:
    assert outcome_of(status).verdict is verdict


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.NOT_REACHED, Outcome.NOT_TRUSTED, Outcome.INTERRUPTED])
def test_what_the_network_did_is_tried_again(outcome: Outcome) -> None:
    assert outcome.verdict is Verdict.AGAIN


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta()),
        ("999999999999", LONGEST_WAIT),
        ("Mon, 03 Nov 2025 14:10:00 GMT", timedelta(minutes=5)),
        ("Mon, 03 Nov 2025 13:00:00 GMT", timedelta()),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("Mon, 03 Nov 2025", None),
        ("Mon, 03 Nov 2025 99999999999999999999:00:00 GMT", None),
        ("Mon, 03 Nov 2025 14:10:00 +99999999999999999999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(said: str | None, wait: timedelta | None) -> None:
    assert asked_to_wait(said, NOW) == wait


@given(st.text(max_size=40))
def test_whatever_a_collector_says_of_waiting_does_no_harm(said: str) -> None:
    wait = asked_to_wait(said, NOW)
    assert wait is None or wait >= timedelta()


@given(attempts=st.integers(1, MOST_ATTEMPTS - 1), shift=st.floats(0, 1), asked=st.none() | st.integers(0, 10**6))
def test_the_pauses_grow_and_end(attempts: int, shift: float, asked: int | None) -> None:
    wait = None if asked is None else timedelta(seconds=asked)
    again = Patience(attempts, wait).again_at(NOW, shift)
    sooner = Patience(max(1, attempts - 1)).again_at(NOW, 0)

    assert again is not None
    assert sooner is not None
    assert sooner <= again <= NOW + max(timedelta(minutes=75), LONGEST_WAIT)
    assert asked is None or again >= NOW + min(timedelta(seconds=asked), LONGEST_WAIT)
    assert Patience(MOST_ATTEMPTS, wait).again_at(NOW, shift) is None
