"""How far a company, and with it its apps, has come with the operator."""

from enum import Enum, StrEnum


class CompanyState(StrEnum):
    """A company registers (WAITING) and the operator decides; a declined one may register again by asking."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _STATES[self]


class CompanyMove(Enum):
    """What the operator decides."""

    ACCEPT = "accept"
    DECLINE = "decline"


class CompanyMoveRefusedError(Exception):
    """The company cannot go there from where it stands; `state` is where that is."""

    def __init__(self, state: CompanyState) -> None:
        super().__init__(state.value)
        self.state = state


COMPANY_MOVES: dict[tuple[CompanyState, CompanyMove], CompanyState] = {
    (CompanyState.WAITING, CompanyMove.ACCEPT): CompanyState.ACCEPTED,
    (CompanyState.WAITING, CompanyMove.DECLINE): CompanyState.DECLINED,
    (CompanyState.DECLINED, CompanyMove.ACCEPT): CompanyState.ACCEPTED,
}
"""The whole truth. An accepted company stays one: its apps are what is suspended or taken back."""


def company_move(state: CompanyState, by: CompanyMove) -> CompanyState:
    """Where the company stands after this. Raises CompanyMoveRefusedError for what is not in the table."""
    after = COMPANY_MOVES.get((state, by))
    if after is None:
        raise CompanyMoveRefusedError(state)
    return after


class Declined(StrEnum):
    """Why the operator declines a company, an app or a school's wish. The seed: not for competitors."""

    COMPETITOR = "competitor"
    NO_CONTACT = "no contact"
    NOT_NEEDED = "not needed"
    UNSAFE = "unsafe"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _DECLINED[self]


_STATES = {
    CompanyState.WAITING: "Waiting for the operator",
    CompanyState.ACCEPTED: "Accepted",
    CompanyState.DECLINED: "Declined",
}

_DECLINED = {
    Declined.COMPETITOR: "The app competes with our own products",
    Declined.NO_CONTACT: "The company could not be reached",
    Declined.NOT_NEEDED: "A partner does the same already",
    Declined.UNSAFE: "What was said about data protection is not enough",
    Declined.OTHER: "Another reason",
}
