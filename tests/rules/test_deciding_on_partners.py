"""How companies and wishes move: the tables are the whole truth."""

import pytest

from consentry.rules.company_life import (
    COMPANY_MOVES,
    CompanyMove,
    CompanyMoveRefusedError,
    CompanyState,
    Declined,
    company_move,
)
from consentry.rules.wish_life import ENDED, WISH_MOVES, WishMove, WishRefusedError, WishState, wish_move


@pytest.mark.parametrize("state", CompanyState)
@pytest.mark.parametrize("move", CompanyMove)
def test_a_company_goes_where_the_table_says_and_nowhere_else(state: CompanyState, move: CompanyMove) -> None:
    if (state, move) in COMPANY_MOVES:
        assert company_move(state, move) is COMPANY_MOVES[state, move]
    else:
        with pytest.raises(CompanyMoveRefusedError) as refused:
            company_move(state, move)
        assert refused.value.state is state


def test_an_accepted_company_stays_one() -> None:
    assert not [move for state, move in COMPANY_MOVES if state is CompanyState.ACCEPTED]


@pytest.mark.parametrize("state", WishState)
@pytest.mark.parametrize("move", WishMove)
def test_a_wish_goes_where_the_table_says_and_nowhere_else(state: WishState, move: WishMove) -> None:
    if (state, move) in WISH_MOVES:
        assert wish_move(state, move) is WISH_MOVES[state, move]
    else:
        with pytest.raises(WishRefusedError) as refused:
            wish_move(state, move)
        assert refused.value.state is state


def test_a_wish_that_has_ended_is_over() -> None:
    assert not [move for state, move in WISH_MOVES if state in ENDED]


def test_an_answer_brings_a_question_back_to_the_operator() -> None:
    assert wish_move(WishState.TALKING, WishMove.ANSWER) is WishState.ASKED
    assert wish_move(WishState.BUILDING, WishMove.ANSWER) is WishState.BUILDING


def test_everything_has_words() -> None:
    for each in (*CompanyState, *WishState, *Declined):
        assert each.label[0].isupper()


def test_a_competitor_is_a_reason() -> None:
    """Seed: our API is only available to apps that are not competitors to our products."""
    assert "competes" in Declined.COMPETITOR.label
