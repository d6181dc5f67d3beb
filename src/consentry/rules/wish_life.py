"""How a school's wish for a new app gets on: asked, perhaps talked about, then an app or a no."""

from enum import Enum, StrEnum


class WishState(StrEnum):
    """Where a wish stands."""

    ASKED = "asked"
    TALKING = "talking"
    BUILDING = "building"
    DIRECTORY = "directory"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _LABELS[self]


class WishRefusedError(Exception):
    """It cannot be done about the wish from where that stands; `state` is where that is."""

    def __init__(self, state: WishState) -> None:
        super().__init__(state.value)
        self.state = state


class WishMove(Enum):
    """What is done about it: the school answers or withdraws, the operator does the others."""

    ASK_BACK = "ask back"
    ANSWER = "answer"
    BUILD = "build"
    LINK = "link"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


_FROM_OPEN = {
    WishMove.ASK_BACK: WishState.TALKING,
    WishMove.LINK: WishState.DIRECTORY,
    WishMove.DECLINE: WishState.DECLINED,
    WishMove.WITHDRAW: WishState.WITHDRAWN,
}

WISH_MOVES: dict[tuple[WishState, WishMove], WishState] = {
    (state, move): after
    for state in (WishState.ASKED, WishState.TALKING, WishState.BUILDING)
    for move, after in _FROM_OPEN.items()
} | {
    (WishState.TALKING, WishMove.ANSWER): WishState.ASKED,
    (WishState.ASKED, WishMove.ANSWER): WishState.ASKED,
    (WishState.BUILDING, WishMove.ANSWER): WishState.BUILDING,
    (WishState.ASKED, WishMove.BUILD): WishState.BUILDING,
    (WishState.TALKING, WishMove.BUILD): WishState.BUILDING,
}
"""The whole truth: a pair that is not here is refused. A school may say more where it was not asked, too."""

MOST_OPEN = 20
"""As many wishes of one site are open at a time, and as many it asks in a day: each mails a company."""

MOST_NOTES = 100
"""As many notes a wish holds."""


def wish_move(state: WishState, by: WishMove) -> WishState:
    """Where the wish stands after this. Raises WishRefusedError for what is not in the table."""
    after = WISH_MOVES.get((state, by))
    if after is None:
        raise WishRefusedError(state)
    return after


ENDED = frozenset({WishState.DIRECTORY, WishState.DECLINED, WishState.WITHDRAWN})

_LABELS = {
    WishState.ASKED: "Waiting for the operator",
    WishState.TALKING: "Questions to answer",
    WishState.BUILDING: "The company is building the connection",
    WishState.DIRECTORY: "Now a partner",
    WishState.DECLINED: "Declined",
    WishState.WITHDRAWN: "Withdrawn",
}
