"""The life of a connection: one table of moves is the whole truth."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from consentry.rules.connection_life import MOVES, Move, MoveRefusal, MoveRefusedError, State, may_open, move

ALLOWED = {
    (State.NONE, Move.REQUEST, State.PENDING),
    (State.PENDING, Move.APPROVE, State.APPROVED),
    (State.PENDING, Move.REJECT, State.REJECTED),
    (State.APPROVED, Move.REJECT, State.REJECTED),
    (State.REJECTED, Move.APPROVE, State.APPROVED),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("by", Move)
def test_the_table_of_moves_is_the_whole_truth(state: State, by: Move) -> None:
    after = {end for start, made, end in ALLOWED if (start, made) == (state, by)}
    if after:
        assert {move(state, by)} == after
        return
    with pytest.raises(MoveRefusedError) as refused:
        move(state, by)
    assert refused.value.state is state


@pytest.mark.parametrize(
    ("state", "by", "why"),
    [
        (State.PENDING, Move.REQUEST, MoveRefusal.ALREADY_THERE),
        (State.APPROVED, Move.APPROVE, MoveRefusal.ALREADY_THERE),
        (State.REJECTED, Move.REJECT, MoveRefusal.ALREADY_THERE),
        (State.APPROVED, Move.REQUEST, MoveRefusal.NOT_FROM_HERE),
        (State.REJECTED, Move.REQUEST, MoveRefusal.NOT_FROM_HERE),
        (State.NONE, Move.APPROVE, MoveRefusal.NOT_FROM_HERE),
        (State.NONE, Move.REJECT, MoveRefusal.NOT_FROM_HERE),
    ],
)
def test_a_refused_move_says_why(state: State, by: Move, why: MoveRefusal) -> None:
    with pytest.raises(MoveRefusedError) as refused:
        move(state, by)
    assert refused.value.why is why
    assert str(refused.value) == why.value


@pytest.mark.parametrize(
    ("app_is_live", "site_is_dummy", "opens"),
    [(True, True, True), (True, False, True), (False, True, True), (False, False, False)],
)
def test_an_app_that_is_not_live_opens_dummy_sites_only(*, app_is_live: bool, site_is_dummy: bool, opens: bool) -> None:
    assert may_open(app_is_live=app_is_live, site_is_dummy=site_is_dummy) is opens


class LifeOfAConnection(RuleBasedStateMachine):
    """Whatever is tried in whatever order, only an approval opens, and the last decision stands."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.NONE
        self.was_requested = False
        self.last_decision: Move | None = None

    @rule(by=st.sampled_from(Move))
    def somebody_moves(self, by: Move) -> None:
        if (self.state, by) not in MOVES:
            with pytest.raises(MoveRefusedError):
                move(self.state, by)
            return
        self.state = move(self.state, by)
        self.was_requested |= by is Move.REQUEST
        self.last_decision = by if by is not Move.REQUEST else self.last_decision

    @invariant()
    def it_is_open_exactly_after_an_approval(self) -> None:
        assert (self.state is State.APPROVED) == (self.last_decision is Move.APPROVE)
        assert (self.state is State.REJECTED) == (self.last_decision is Move.REJECT)

    @invariant()
    def nothing_happens_before_the_app_asks(self) -> None:
        assert self.was_requested == (self.state is not State.NONE)


TestLifeOfAConnection = LifeOfAConnection.TestCase
TestLifeOfAConnection.settings = settings(max_examples=50, stateful_step_count=12)


def test_every_state_but_none_can_be_left_and_reached() -> None:
    assert {state for state, _ in MOVES} == set(State)
    assert set(MOVES.values()) == set(State) - {State.NONE}
