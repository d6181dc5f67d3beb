"""Calling off what waits to be sent."""

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.returns.models import Attempt, Collector, Submission
from consentry.returns.queries.submissions import waiting_for
from consentry.rules.return_answers import Outcome
from consentry.rules.submission_life import Ending, SubmissionState


def call_off_waiting(this: Change, collector: Collector, why: Ending) -> None:
    """What waits for this collector at the site of the open change, which has the turn, is not sent any more."""
    if waiting := waiting_for(this.school, collector.id):
        call_off(this, waiting, why)


def call_off(this: Change, submission: Submission, why: Ending) -> None:
    """Send this one no more."""
    submission.state, submission.ending = SubmissionState.CALLED_OFF, why
    submission.next_at, submission.ended_at = None, this.at
    submission.save(update_fields=["state", "ending", "next_at", "ended_at"])
    open_attempts = Attempt.objects.filter(submission=submission, ended_at=None)
    open_attempts.update(ended_at=this.at, outcome=Outcome.INTERRUPTED)
    this.record(EventName.SUBMISSION_CALLED_OFF, submission, why=why.value)
