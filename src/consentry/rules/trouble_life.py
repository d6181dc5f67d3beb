"""How a report that an app does not work gets on: it waits for the company, is answered, settled, perhaps reopened."""

from datetime import timedelta
from enum import StrEnum


class TroubleKind(StrEnum):
    """What does not work, as the school sees it."""

    NOTHING = "nothing"
    MISSING = "missing"
    OLD = "old"
    WRONG = "wrong"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _KINDS[self]


class TroubleState(StrEnum):
    """Where a report stands."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _STATES[self]


class Side(StrEnum):
    """Whose word a note is."""

    SCHOOL = "school"
    COMPANY = "company"
    OPERATOR = "operator"


class TroubleRefusedError(Exception):
    """It cannot be done about the report from where that stands; `state` is where that is."""

    def __init__(self, state: TroubleState) -> None:
        super().__init__(state.value)
        self.state = state


class TroubleMove(StrEnum):
    """What is done: the company answers, the school says more or reopens, either settles, the operator notes."""

    ANSWER = "answer"
    SAY = "say"
    REOPEN = "reopen"
    SETTLE = "settle"
    NOTE = "note"


TROUBLE_MOVES: dict[tuple[TroubleState, TroubleMove], TroubleState] = {
    (TroubleState.OPEN, TroubleMove.ANSWER): TroubleState.ANSWERED,
    (TroubleState.ANSWERED, TroubleMove.ANSWER): TroubleState.ANSWERED,
    (TroubleState.OPEN, TroubleMove.SAY): TroubleState.OPEN,
    (TroubleState.ANSWERED, TroubleMove.SAY): TroubleState.OPEN,
    (TroubleState.OPEN, TroubleMove.SETTLE): TroubleState.SETTLED,
    (TroubleState.ANSWERED, TroubleMove.SETTLE): TroubleState.SETTLED,
    (TroubleState.SETTLED, TroubleMove.REOPEN): TroubleState.OPEN,
} | {(state, TroubleMove.NOTE): state for state in TroubleState}
"""The whole truth: a pair that is not here is refused. A note of the operator changes nothing."""

MOST_A_DAY = 3
"""As many reports a day are made of one app at one site: each mails the company."""

MOST_NOTES_A_DAY = 20
"""As many notes a day each side adds to a report: most of them mail somebody."""

MOST_NOTES = 100
"""As many notes a report holds."""

REOPENED_WITHIN = timedelta(days=14)
"""A report that was settled longer ago is not reopened: its facts tell of another time. It is reported anew."""


def trouble_move(state: TroubleState, by: TroubleMove) -> TroubleState:
    """Where the report stands after this. Raises TroubleRefusedError for what is not in the table."""
    after = TROUBLE_MOVES.get((state, by))
    if after is None:
        raise TroubleRefusedError(state)
    return after


_KINDS = {
    TroubleKind.NOTHING: "No data arrives",
    TroubleKind.MISSING: "Some data is missing",
    TroubleKind.OLD: "The data is out of date",
    TroubleKind.WRONG: "The data is wrong",
    TroubleKind.OTHER: "Something else",
}

_STATES = {
    TroubleState.OPEN: "Waiting for the company",
    TroubleState.ANSWERED: "Answered by the company",
    TroubleState.SETTLED: "Settled",
}
