"""How a report of trouble moves, and what facts point to: the table is the whole truth, shut doors come first."""

import pytest

from consentry.rules.trouble_facts import Cause, TroubleFacts, causes
from consentry.rules.trouble_life import (
    TROUBLE_MOVES,
    TroubleKind,
    TroubleMove,
    TroubleRefusedError,
    TroubleState,
    trouble_move,
)

GOOD: TroubleFacts = {
    "at": "2025-11-03T14:05:00+00:00",
    "site_is_dummy": False,
    "state": "approved",
    "version": 1,
    "asked": 1,
    "review": None,
    "app_is_live": True,
    "app_is_suspended": False,
    "app_is_provider": False,
    "company_is_accepted": True,
    "app_has_secret": True,
    "is_quiet": False,
    "calls": {
        "days": 14,
        "served": 3,
        "refused": 0,
        "first_served": "2025-11-01T14:05:00+00:00",
        "last_served": "2025-11-03T14:00:00+00:00",
        "latest": "2025-11-03T14:00:00+00:00",
        "latest_why": None,
    },
    "refusals": [],
    "more_refusals": 0,
    "withheld": [],
    "readiness": [],
}


@pytest.mark.parametrize("state", TroubleState)
@pytest.mark.parametrize("move", TroubleMove)
def test_a_report_goes_where_the_table_says_and_nowhere_else(state: TroubleState, move: TroubleMove) -> None:
    if (state, move) in TROUBLE_MOVES:
        assert trouble_move(state, move) is TROUBLE_MOVES[state, move]
    else:
        with pytest.raises(TroubleRefusedError) as refused:
            trouble_move(state, move)
        assert refused.value.state is state


def test_a_settled_report_goes_on_only_when_it_is_reopened() -> None:
    after = {move: TROUBLE_MOVES.get((TroubleState.SETTLED, move)) for move in TroubleMove}

    assert after.pop(TroubleMove.REOPEN) is TroubleState.OPEN
    assert set(after.values()) == {None, TroubleState.SETTLED}


def test_everything_has_words() -> None:
    for each in (*TroubleState, *TroubleKind):
        assert each.label[0].isupper()


def told(**other: object) -> tuple[Cause, ...]:
    return causes({**GOOD, **other})  # type: ignore[typeddict-item]


def test_facts_without_a_fault_point_to_nothing() -> None:
    assert told() == (Cause.NOTHING_FOUND,)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"app_is_suspended": True, "state": "pending"}, (Cause.SUSPENDED, Cause.PENDING)),
        ({"state": "rejected", "app_has_secret": False}, (Cause.REJECTED, Cause.NO_SECRET)),
        ({"app_is_live": False, "company_is_accepted": False}, (Cause.NOT_LIVE, Cause.COMPANY_NOT_ACCEPTED)),
        ({"app_is_live": False, "company_is_accepted": False, "site_is_dummy": True}, (Cause.NOTHING_FOUND,)),
        ({"company_is_accepted": False}, (Cause.NOTHING_FOUND,)),
        ({"is_quiet": True, "review": 2}, (Cause.QUIET, Cause.REVIEW_WAITS)),
        ({"readiness": [{"check": "pupil-upns", "failing": 1, "of": 9}]}, (Cause.NOT_READY,)),
        ({"readiness": [{"check": "pupil-upns", "failing": 0, "of": 9}]}, (Cause.NOTHING_FOUND,)),
    ],
)
def test_what_shuts_the_app_out_comes_first(other: dict[str, object], expected: tuple[Cause, ...]) -> None:
    assert told(**other) == expected


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        ("pending", Cause.NOT_SINCE),
        ("rejected", Cause.NOT_SINCE),
        ("credential", Cause.LAST_CALL_REFUSED),
        ("too costly", Cause.LAST_CALL_REFUSED),
        ("field not granted: Student.ethnicity", Cause.LAST_CALL_REFUSED),
    ],
)
def test_the_last_call_of_an_app_that_may_read_now(why: str, expected: Cause) -> None:
    assert told(calls={**GOOD["calls"], "latest_why": why}, is_quiet=True) == (expected,)
