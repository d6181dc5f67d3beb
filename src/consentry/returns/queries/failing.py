"""Submissions that failed lately and that nothing took the place of. Call it in `reading` of the site."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from consentry.returns.models import Submission
from consentry.rules.identity import SchoolId
from consentry.rules.submission_life import SubmissionState


def failing_submissions(school: SchoolId, since: date) -> list[Submission]:
    """Those of this day and later after which the collector received nothing, the newest first. One query."""
    later = Submission.objects.filter(
        Q(made_at__gt=OuterRef("made_at")) | Q(made_at=OuterRef("made_at"), id__gt=OuterRef("id")),
        school=OuterRef("school"),
        collector=OuterRef("collector"),
    )
    failed = Submission.objects.filter(school=school, state=SubmissionState.FAILED, in_force=True, day__gte=since)
    waits = failed.exclude(Exists(later.filter(state=SubmissionState.RECEIVED)))
    return list(waits.select_related("collector").defer("document").order_by("-made_at", "-id"))
