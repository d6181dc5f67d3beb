"""How far an app has come: written, put before the operator, accepted or declined; then live or not."""

from enum import Enum, StrEnum


class AppStage(StrEnum):
    """Where an app stands with the operator. Only one that is accepted can be made live."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _STAGES[self]


class AppMove(Enum):
    """What somebody does: the company submits, the operator accepts or declines."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    DECLINE = "decline"


class AppMoveRefusedError(Exception):
    """The app cannot go there from where it stands; `stage` is where that is."""

    def __init__(self, stage: AppStage) -> None:
        super().__init__(stage.value)
        self.stage = stage


APP_MOVES: dict[tuple[AppStage, AppMove], AppStage] = {
    (AppStage.DRAFT, AppMove.SUBMIT): AppStage.SUBMITTED,
    (AppStage.DECLINED, AppMove.SUBMIT): AppStage.SUBMITTED,
    (AppStage.SUBMITTED, AppMove.ACCEPT): AppStage.ACCEPTED,
    (AppStage.SUBMITTED, AppMove.DECLINE): AppStage.DECLINED,
    (AppStage.ACCEPTED, AppMove.DECLINE): AppStage.DECLINED,
}
"""The whole truth: a pair that is not here is refused."""


def app_move(stage: AppStage, by: AppMove) -> AppStage:
    """Where the app stands after this move. Raises AppMoveRefusedError for one that is not in the table."""
    after = APP_MOVES.get((stage, by))
    if after is None:
        raise AppMoveRefusedError(stage)
    return after


class Category(StrEnum):
    """What an app is for, as the directory sorts it."""

    ASSESSMENT = "assessment"
    ATTENDANCE = "attendance"
    COMMUNICATION = "communication"
    CATERING = "catering"
    PAYMENTS = "payments"
    SAFEGUARDING = "safeguarding"
    LEARNING = "learning"
    LIBRARY = "library"
    TIMETABLING = "timetabling"
    VISITORS = "visitors"
    IDENTITY = "identity"
    DATA = "data"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _CATEGORIES.get(self, self.value.capitalize())


_STAGES = {
    AppStage.DRAFT: "Being written",
    AppStage.SUBMITTED: "Waiting for the operator",
    AppStage.ACCEPTED: "Accepted",
    AppStage.DECLINED: "Declined",
}

_CATEGORIES = {
    Category.ASSESSMENT: "Assessment and progress",
    Category.COMMUNICATION: "Communication with families",
    Category.CATERING: "Meals and catering",
    Category.LEARNING: "Teaching and learning",
    Category.VISITORS: "Visitors and signing in",
    Category.IDENTITY: "Accounts and single sign-on",
    Category.DATA: "Data and analysis",
}
