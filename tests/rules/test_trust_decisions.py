"""What is in the way of a decision from the trust: the person first, then the app."""

from dataclasses import replace
from itertools import product

import pytest

from consentry.rules.connection_life import MOVES, Move, MoveRefusal, State
from consentry.rules.trust_decisions import OF_MOVES, AppAtSchool, Obstacle, Presence, in_the_persons_way, obstacle_of

HERE = Presence(
    is_reached=True, is_permitted=True, has_entered=True, is_shut_out=False, terms_wait=False, factor_is_due=False
)
WAITS = AppAtSchool(State.PENDING, app_is_live=True, app_is_suspended=False, site_is_dummy=False)


@pytest.mark.parametrize(
    ("presence", "obstacle"),
    [
        (HERE, None),
        (replace(HERE, is_reached=False), Obstacle.NOT_REACHED),
        (replace(HERE, is_permitted=False), Obstacle.NOT_PERMITTED),
        (replace(HERE, is_shut_out=True), Obstacle.DISABLED_THERE),
        (replace(HERE, has_entered=False, terms_wait=True), Obstacle.NOT_ENTERED),
        (replace(HERE, terms_wait=True), Obstacle.TERMS),
        (replace(HERE, factor_is_due=True), Obstacle.SECOND_FACTOR),
        (replace(HERE, is_reached=False, is_permitted=False, terms_wait=True), Obstacle.NOT_REACHED),
    ],
)
def test_the_first_thing_in_the_persons_way_is_named(presence: Presence, obstacle: Obstacle | None) -> None:
    assert in_the_persons_way(presence) is obstacle
    assert obstacle_of(presence, WAITS, Move.APPROVE) is obstacle


@pytest.mark.parametrize(
    ("app", "move", "obstacle"),
    [
        (WAITS, Move.REJECT, None),
        (replace(WAITS, state=State.NONE), Move.APPROVE, Obstacle.NOT_ASKED),
        (replace(WAITS, state=State.NONE), Move.REJECT, Obstacle.NOT_ASKED),
        (replace(WAITS, state=State.APPROVED), Move.APPROVE, Obstacle.ALREADY),
        (replace(WAITS, state=State.REJECTED), Move.APPROVE, None),
        (replace(WAITS, state=State.REJECTED), Move.REJECT, Obstacle.ALREADY),
        (replace(WAITS, app_is_suspended=True), Move.APPROVE, Obstacle.APP_SUSPENDED),
        (replace(WAITS, app_is_suspended=True), Move.REJECT, None),
        (replace(WAITS, app_is_live=False), Move.APPROVE, Obstacle.APP_NOT_LIVE),
        (replace(WAITS, app_is_live=False, site_is_dummy=True), Move.APPROVE, None),
        (replace(WAITS, app_is_live=False), Move.REJECT, None),
    ],
)
def test_then_what_is_in_the_apps_way(app: AppAtSchool, move: Move, obstacle: Obstacle | None) -> None:
    assert obstacle_of(HERE, app, move) is obstacle


def test_nothing_is_in_the_way_of_a_live_app_exactly_where_the_table_has_the_move() -> None:
    for state, move in product(State, (Move.APPROVE, Move.REJECT)):
        is_free = obstacle_of(HERE, replace(WAITS, state=state), move) is None
        assert is_free == ((state, move) in MOVES)


def test_every_refusal_of_a_move_is_an_obstacle() -> None:
    assert set(OF_MOVES) == set(MoveRefusal)
