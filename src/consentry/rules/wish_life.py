"""How a school's wish for a new app gets on: asked, perhaps talked about, then an app or a no."""

from enum import StrEnum


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
    """The wish has come to its end; `state` is which."""

    def __init__(self, state: WishState) -> None:
        super().__init__(state.value)
        self.state = state


ENDED = frozenset({WishState.DIRECTORY, WishState.DECLINED, WishState.WITHDRAWN})

_LABELS = {
    WishState.ASKED: "Waiting for the operator",
    WishState.TALKING: "Questions to answer",
    WishState.BUILDING: "The company is building the connection",
    WishState.DIRECTORY: "Now a partner",
    WishState.DECLINED: "Declined",
    WishState.WITHDRAWN: "Withdrawn",
}


def check_goes_on(state: WishState) -> None:
    """Raise WishRefusedError for a wish that has ended: nothing more is said or decided about it."""
    if state in ENDED:
        raise WishRefusedError(state)
