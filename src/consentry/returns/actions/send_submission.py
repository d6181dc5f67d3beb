"""Send what waits for a collector: one attempt, which is on record before it begins and whatever becomes of it.

A worker that is killed on the way leaves an attempt without an end, and the next one sends the same bytes by the same
key: a collector that has them already says so, and counts them once.
"""

from datetime import datetime, timedelta
from random import SystemRandom
from typing import Final

from django.utils import timezone

from consentry.audit.actor import SYSTEM
from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.returns.calling_off import call_off
from consentry.returns.locking import take_returns_turn
from consentry.returns.models import Attempt, Collector, Submission
from consentry.returns.queries.collectors import collector_shared
from consentry.returns.queries.consents import what_is_in_the_way
from consentry.returns.queries.submissions import waiting_for
from consentry.returns.sending import Answer, send
from consentry.rules.identity import SchoolId
from consentry.rules.return_answers import MOST_ATTEMPTS, Outcome, Patience, Verdict
from consentry.rules.sending_allowed import Obstacle
from consentry.rules.sent_documents import urn_of
from consentry.rules.submission_life import Ending, SubmissionState

LEASE: Final = timedelta(minutes=2)
"""How long an attempt is taken to be under way: longer than any lasts (returns/sending.py)."""

_ENDINGS: Final = {
    Outcome.REFUSED: Ending.REFUSED,
    Outcome.CREDENTIALS_REFUSED: Ending.CREDENTIALS_REFUSED,
}
_CALLED_OFF: Final = {Obstacle.DISCONTINUED: Ending.DISCONTINUED, Obstacle.SUSPENDED: Ending.SUSPENDED}
_random = SystemRandom()


def send_submission(school: SchoolId, collector: int, *, ca_file: str | None, at: datetime) -> Outcome | None:
    """One attempt to send what waits and whose time has come; None where nothing does, and where it was called off.

    `ca_file` holds the certificates that are trusted instead of the usual ones.
    """
    attempt = _begin(school, collector, at)
    return None if attempt is None else _carry_out(school, collector, attempt, ca_file)


def _begin(school: SchoolId, collector: int, at: datetime) -> int | None:
    """The number of the attempt that is on record now; nobody else tries while it can be under way."""
    try:
        with change(actor=SYSTEM, at=at, school=school) as this:
            take_returns_turn(school, collector)
            submission = waiting_for(school, collector)
            if submission is None or submission.next_at is None or submission.next_at > at:
                return None
            Attempt.objects.filter(submission=submission, ended_at=None).update(
                ended_at=at, outcome=Outcome.INTERRUPTED
            )
            if submission.attempts >= MOST_ATTEMPTS:
                _give_up(this, submission)
                return None
            return _next_attempt(this, submission)
    except ChangeWithoutEventError:
        return None


def _next_attempt(this: Change, submission: Submission) -> int:
    submission.attempts += 1
    submission.next_at = this.at + LEASE
    submission.save(update_fields=["attempts", "next_at"])
    Attempt.objects.create(school_id=this.school, submission=submission, number=submission.attempts, began_at=this.at)
    this.record(EventName.SUBMISSION_TRIED, submission, attempt=submission.attempts)
    return submission.attempts


def _give_up(this: Change, submission: Submission) -> None:
    """The last attempt was interrupted, too."""
    submission.state, submission.ending = SubmissionState.FAILED, Ending.GIVEN_UP
    submission.next_at, submission.ended_at = None, this.at
    submission.save(update_fields=["state", "ending", "next_at", "ended_at"])
    this.record(EventName.SUBMISSION_FAILED, submission, outcome=Outcome.INTERRUPTED.value, attempt=submission.attempts)


def _carry_out(school: SchoolId, collector: int, attempt: int, ca_file: str | None) -> Outcome | None:
    """Send it, holding the turn and the collector as they are: whoever ends either waits until the answer is here."""
    try:
        with change(actor=SYSTEM, at=timezone.now(), school=school) as this:
            take_returns_turn(school, collector)
            submission = waiting_for(school, collector)
            if submission is None or submission.attempts != attempt:
                return None
            asking = collector_shared(collector)
            obstacle = what_is_in_the_way(submission.school, asking)
            if obstacle is not None:
                call_off(this, submission, _CALLED_OFF.get(obstacle, Ending.CONSENT_REMOVED))
                return None
            if urn_of(bytes(submission.document or b""), submission.media_type) != submission.school.urn:
                _keep_back(this, submission, asking)
                return None
            answer = send(asking, submission, ca_file)
            this.at = timezone.now()
            _note(this, submission, asking, answer)
            return answer.outcome
    except ChangeWithoutEventError:
        return None


def _keep_back(this: Change, submission: Submission, collector: Collector) -> None:
    """Its URN is not the school's any more: under the one that it names, another school would be told of."""
    Attempt.objects.filter(submission=submission, ended_at=None).update(ended_at=this.at, outcome=Outcome.INTERRUPTED)
    submission.state, submission.ending = SubmissionState.FAILED, Ending.NOT_SENDABLE
    submission.next_at, submission.ended_at = None, this.at
    submission.save(update_fields=["state", "ending", "next_at", "ended_at"])
    told = {"collector": collector.slug, "day": submission.day.isoformat(), "run": submission.run}
    this.record(EventName.SUBMISSION_KEPT_BACK, submission, **told)


def _note(this: Change, submission: Submission, collector: Collector, answer: Answer) -> None:
    Attempt.objects.filter(submission=submission, number=submission.attempts).update(
        ended_at=this.at, outcome=answer.outcome, status=answer.status, answer=answer.text
    )
    again = None
    if answer.outcome.verdict is Verdict.AGAIN:
        again = Patience(submission.attempts, answer.wait).again_at(this.at, _random.random())
    name = _settle(submission, answer, again)
    submission.ended_at = None if again else this.at
    submission.next_at = again
    submission.save(update_fields=["state", "ending", "receipt", "next_at", "ended_at"])
    this.record(name, submission, collector=collector.slug, outcome=answer.outcome.value, attempt=submission.attempts)


def _settle(submission: Submission, answer: Answer, again: datetime | None) -> EventName:
    if again:
        return EventName.SUBMISSION_PUT_OFF
    if answer.outcome is Outcome.RECEIVED:
        submission.state, submission.receipt = SubmissionState.RECEIVED, answer.receipt
        return EventName.SUBMISSION_RECEIVED
    submission.state = SubmissionState.FAILED
    submission.ending = _ENDINGS.get(answer.outcome, Ending.GIVEN_UP)
    return EventName.SUBMISSION_FAILED
