"""Words for submissions: where they stand, why they ended so, what became of each attempt, and what to do."""

from dataclasses import dataclass
from typing import Final

from consentry.rules.return_answers import Outcome
from consentry.rules.sending_allowed import Obstacle
from consentry.rules.submission_life import ConsentEnd, Ending, SubmissionState

TONES: Final = {
    SubmissionState.WAITING: "notice",
    SubmissionState.RECEIVED: "good",
    SubmissionState.FAILED: "bad",
    SubmissionState.CALLED_OFF: "neutral",
}
ICONS: Final = {
    SubmissionState.WAITING: "clock",
    SubmissionState.RECEIVED: "circle-check",
    SubmissionState.FAILED: "circle-x",
    SubmissionState.CALLED_OFF: "x",
}


@dataclass(frozen=True)
class Reason:
    """Why a submission was not received: in a few words for the list, as a sentence, and what to do, and who does."""

    short: str
    what: str
    todo: str


REASONS: Final = {
    Ending.NOT_SENDABLE: Reason(
        "Kept back: your records need mending",
        "It was not sent, because what your school’s records say cannot be right. Nothing of it has left.",
        "Mend what is listed below. The next sending then goes by itself; you can also send it now.",
    ),
    Ending.REFUSED: Reason(
        "Refused by the collector",
        "{collector} did not accept it. What it says is shown below.",
        "Where it names a day and a count, check that register. Otherwise tell the operator of Consentry: the "
        "collector may expect something else by now. Sending the same again would be refused again.",
    ),
    Ending.CREDENTIALS_REFUSED: Reason(
        "The collector did not let Consentry in",
        "{collector} did not accept the key by which it knows Consentry. Your school has done nothing wrong.",
        "Only the operator of Consentry can mend this. Later sendings tell the days of the window anew.",
    ),
    Ending.GIVEN_UP: Reason(
        "Tried {attempts} times without success",
        "{collector} could not be reached, or could not take it, {attempts} times over many hours.",
        "You need not do anything: the next sending tells the days of the window anew. If it fails again, tell the "
        "operator of Consentry.",
    ),
    Ending.CONSENT_REMOVED: Reason(
        "Your school removed its consent",
        "It had not been received when your school removed its consent, so it was called off.",
        "",
    ),
    Ending.DISCONTINUED: Reason(
        "The collector collects nothing any more",
        "It had not been received when {collector} was discontinued, so it was called off.",
        "",
    ),
    Ending.SUSPENDED: Reason(
        "The collector was suspended",
        "It had not been received when {collector} was suspended, so it was called off.",
        "You need not do anything: once the collector goes on, the next sending tells the days of the window anew.",
    ),
    Ending.REPLACED: Reason(
        "A newer one took its place",
        "It had not been received when the next one was made. That one tells the same days as they stood then.",
        "",
    ),
}

OUTCOMES: Final = {
    Outcome.RECEIVED: "Received",
    Outcome.REFUSED: "Refused",
    Outcome.COLLECTOR_FAILED: "The collector had a fault of its own",
    Outcome.TOO_MANY: "The collector was busy and asked to wait",
    Outcome.NO_ANSWER: "No answer came in time",
    Outcome.NOT_REACHED: "The collector could not be reached",
    Outcome.NOT_TRUSTED: "The collector could not prove who it is, so nothing was sent",
    Outcome.CREDENTIALS_REFUSED: "The collector did not accept Consentry’s key",
    Outcome.INTERRUPTED: "Interrupted before there was an answer",
}

CONSENT_ENDS: Final = {
    ConsentEnd.REMOVED: "removed",
    ConsentEnd.WIDENED: "ended by itself, because more is asked for",
    ConsentEnd.DISCONTINUED: "removed automatically, because the collector collects nothing any more",
}

OBSTACLES: Final = {
    Obstacle.NOT_ASKED: "{collector} does not ask your school.",
    Obstacle.DISCONTINUED: "{collector} collects nothing any more.",
    Obstacle.DUMMY_SITE: "This is a dummy site: its pupils are invented, and nothing of them is sent. Your school can "
    "give consent on its live site.",
    Obstacle.NO_CONSENT: "Nothing is sent: your school has not given consent.",
    Obstacle.SUSPENDED: "{collector} is suspended at the moment: nothing is sent until it goes on. Your school need "
    "not do anything.",
}
