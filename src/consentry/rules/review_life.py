"""The life of a review: a wider version of an app's permission set that waits at one site."""

from enum import Enum, StrEnum


class ReviewState(StrEnum):
    """Where a review stands. SUPERSEDED: a later version took its place. WITHDRAWN: the connection was rejected."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """As pages say it."""
        return "Waiting" if self is ReviewState.OPEN else self.value.capitalize()


class ReviewMove(Enum):
    """What happens to a review: the site accepts or declines, a later version or a rejection ends it."""

    ACCEPT = "accept"
    DECLINE = "decline"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


class ReviewRefusedError(Exception):
    """The review cannot be decided so; `state` is where it stands now, `is_stale` when it changed meanwhile."""

    def __init__(self, state: ReviewState, *, is_stale: bool = False) -> None:
        super().__init__(state.value)
        self.state = state
        self.is_stale = is_stale


REVIEW_MOVES: dict[tuple[ReviewState, ReviewMove], ReviewState] = {
    (ReviewState.OPEN, ReviewMove.ACCEPT): ReviewState.ACCEPTED,
    (ReviewState.OPEN, ReviewMove.DECLINE): ReviewState.DECLINED,
    (ReviewState.OPEN, ReviewMove.SUPERSEDE): ReviewState.SUPERSEDED,
    (ReviewState.OPEN, ReviewMove.WITHDRAW): ReviewState.WITHDRAWN,
    (ReviewState.DECLINED, ReviewMove.ACCEPT): ReviewState.ACCEPTED,
    (ReviewState.DECLINED, ReviewMove.SUPERSEDE): ReviewState.SUPERSEDED,
    (ReviewState.DECLINED, ReviewMove.WITHDRAW): ReviewState.WITHDRAWN,
}
"""The whole truth. A site that declined may think again while the version is still the app's newest."""


def review_move(state: ReviewState, by: ReviewMove) -> ReviewState:
    """Where the review stands after this move. Raises ReviewRefusedError for one that is not in the table."""
    after = REVIEW_MOVES.get((state, by))
    if after is None:
        raise ReviewRefusedError(state)
    return after
