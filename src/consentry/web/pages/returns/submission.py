"""One submission: what was sent, what the collector answered, why it failed and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from consentry.audit.reading import reading
from consentry.returns.models import Submission
from consentry.returns.queries.submissions import attempts_of, last_received
from consentry.rules.differing_documents import Differences, differences
from consentry.rules.pages import Page
from consentry.rules.sent_documents import read_document
from consentry.web.answers import LOOKING, answers
from consentry.web.pages.returns.finding import collector_at, standing_at, submission_of
from consentry.web.shell import Place, shell
from consentry.web.shown.returns.submission import Found, shown_submission
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def submission(request: HttpRequest, visit: Visit, collector: str, submission: int) -> HttpResponse:
    """All about one submission: a page, or the slide-over of it for htmx."""
    asked = collector_at(visit, collector)
    with reading(visit.school):
        found = submission_of(visit, collector, submission)
        attempts = list(attempts_of(found))
        differs = _differs(found)
        obstacle = standing_at(visit, asked).obstacle
    may_send = visit.may(Page.DATA_RETURNS) and obstacle is None
    context = {"submission": shown_submission(visit, Found(found, attempts, differs), may_send=may_send)}
    htmx = HtmxDetails(request)
    if htmx and not htmx.history_restore_request:
        return render(request, "returns/submission.html#slide_over", context)
    context["shell"] = shell(visit, Place.RETURNS)
    return render(request, "returns/submission.html", context)


def _differs(submission: Submission) -> Differences | None:
    """What it says otherwise than the last that was received before it; None where there is nothing to compare."""
    before = last_received(submission)
    if before is None or before.document is None or submission.document is None:
        return None
    was, now = (read_document(bytes(each.document or b""), each.media_type) for each in (before, submission))
    return differences(was, now)
