"""The life of a submission: it waits, and then it is received, fails, or is called off before it was received."""

from enum import StrEnum


class SubmissionState(StrEnum):
    """Where a submission stands. The value is stored; only what waits can move on."""

    WAITING = "waiting"
    RECEIVED = "received"
    FAILED = "failed"
    CALLED_OFF = "called-off"

    @property
    def label(self) -> str:
        """As pages say it."""
        return {
            SubmissionState.WAITING: "Waiting",
            SubmissionState.RECEIVED: "Received",
            SubmissionState.FAILED: "Not received",
            SubmissionState.CALLED_OFF: "Called off",
        }[self]


class Ending(StrEnum):
    """Why a submission is not received and not tried again. The value is stored; "" while there is none."""

    NOT_SENDABLE = "not_sendable"
    REFUSED = "refused"
    CREDENTIALS_REFUSED = "credentials_refused"
    GIVEN_UP = "given_up"
    CONSENT_REMOVED = "consent_removed"
    DISCONTINUED = "discontinued"
    SUSPENDED = "suspended"
    REPLACED = "replaced"


class ConsentEnd(StrEnum):
    """Why a consent is in force no more. The value is stored; "" while it is."""

    REMOVED = "removed"
    WIDENED = "widened"
    DISCONTINUED = "discontinued"
