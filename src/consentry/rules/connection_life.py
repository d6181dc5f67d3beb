"""The life of a connection between one app and one site, as one table of moves."""

from enum import Enum, StrEnum


class State(StrEnum):
    """Where a connection stands. NONE: the app never asked."""

    NONE = "none"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


class Move(Enum):
    """What somebody does: the app requests; the school approves or rejects (once approved: revokes)."""

    REQUEST = "request"
    APPROVE = "approve"
    REJECT = "reject"


class MoveRefusal(Enum):
    """Why a move cannot be made."""

    ALREADY_THERE = "already there"
    NOT_FROM_HERE = "not from here"
    CHANGED_MEANWHILE = "changed meanwhile"
    APP_NOT_LIVE = "app not live"
    APP_NOT_ACCEPTED = "app not accepted"
    OTHERS_SANDBOX = "other company's sandbox"
    APP_SUSPENDED = "app suspended"
    NOTHING_PUBLISHED = "nothing published"


class MoveRefusedError(Exception):
    """The move cannot be made; `why` tells the reason and `state` where the connection stands now."""

    def __init__(self, why: MoveRefusal, state: State) -> None:
        super().__init__(why.value)
        self.why = why
        self.state = state


MOVES: dict[tuple[State, Move], State] = {
    (State.NONE, Move.REQUEST): State.PENDING,
    (State.PENDING, Move.APPROVE): State.APPROVED,
    (State.PENDING, Move.REJECT): State.REJECTED,
    (State.APPROVED, Move.REJECT): State.REJECTED,
    (State.REJECTED, Move.APPROVE): State.APPROVED,
}
"""The whole truth: a pair that is not here is refused."""

_OUTCOMES = {Move.REQUEST: State.PENDING, Move.APPROVE: State.APPROVED, Move.REJECT: State.REJECTED}


def move(state: State, by: Move) -> State:
    """Where the connection stands after this move. Raises MoveRefusedError for one that is not in the table."""
    after = MOVES.get((state, by))
    if after is None:
        why = MoveRefusal.ALREADY_THERE if state is _OUTCOMES[by] else MoveRefusal.NOT_FROM_HERE
        raise MoveRefusedError(why, state)
    return after


def may_open(*, app_is_live: bool, site_is_dummy: bool) -> bool:
    """Whether an app may be connected to this site: one that is not live, by dummy sites only.

    The product says "Application Not Live".
    """
    return app_is_live or site_is_dummy
