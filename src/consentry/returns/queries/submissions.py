"""The submissions of a school: all, one, the last that was received. Call them in `reading` of the site."""

from django.db.models import QuerySet

from consentry.returns.models import Attempt, Collector, Submission
from consentry.rules.identity import SchoolId
from consentry.rules.submission_life import SubmissionState


def submissions_of(school: SchoolId, collector: Collector) -> QuerySet[Submission]:
    """All that was made for this collector, the newest first."""
    return Submission.objects.filter(school=school, collector=collector).order_by("-made_at", "-id")


def submission_at(school: SchoolId, number: int) -> Submission:
    """The site's submission of this number. Raises Submission.DoesNotExist, for another site's too."""
    return Submission.objects.select_related("collector").get(school=school, id=number)


def attempts_of(submission: Submission) -> QuerySet[Attempt]:
    """Each attempt to send it, the first one first."""
    return Attempt.objects.filter(school=submission.school_id, submission=submission).order_by("number")


def last_received(submission: Submission) -> Submission | None:
    """The one that the collector had received last before this one was made."""
    before = submissions_of(SchoolId(submission.school_id), submission.collector)
    return before.filter(state=SubmissionState.RECEIVED, made_at__lt=submission.made_at).first()


def waiting_for(school: SchoolId, collector: int) -> Submission | None:
    """The one that is to be sent to this collector; there is one at most."""
    found = Submission.objects.filter(school=school, collector=collector, state=SubmissionState.WAITING)
    return found.select_related("school").first()
