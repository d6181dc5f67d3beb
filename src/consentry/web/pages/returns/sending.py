"""The document of today as it would be sent, sending it now by hand, and a document as it was sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.returns.actions.make_submission import NotSendingError, Wanted, make_submission
from consentry.returns.locking import OnItsWayError
from consentry.returns.making import make_return
from consentry.rules.pages import Page
from consentry.rules.payload_forms import Format
from consentry.rules.permissions import NotPermittedError
from consentry.rules.return_runs import Run
from consentry.rules.submission_life import SubmissionState
from consentry.web.answers import LOOKING, answers
from consentry.web.pages.returns.finding import collector_at, standing_at, submission_of
from consentry.web.shell import Place, shell
from consentry.web.shown.returns.consent import shown_standing
from consentry.web.shown.returns.today import shown_today
from consentry.web.shown.returns.words import OBSTACLES
from consentry.web.visit import Visit, at_site

_MADE = "It is on its way. The row on top of the list below says when it has been received."
_ON_ITS_WAY = "Nothing new was made: one is on its way now. The row on top of the list below says what becomes of it."
_KEPT_BACK = "It was kept back, and nothing was sent: open the row on top of the list below to see what to mend."


@answers(*LOOKING)
@at_site
def today(request: HttpRequest, visit: Visit, collector: str) -> HttpResponse:
    """What would be sent at this moment, to the last digit, or what keeps it back."""
    found = collector_at(visit, collector)
    with reading(visit.school):
        standing = standing_at(visit, found)
        made = None if found.is_over else make_return(visit.site, found, visit.today)
    context = {
        "shell": shell(visit, Place.RETURNS),
        "consent": shown_standing(visit, found, standing),
        "today": shown_today(visit, found, standing, made),
        "back_url": reverse("returns", args=[visit.site.slug, found.slug]),
    }
    return render(request, "returns/today.html", context)


@answers(*LOOKING, "POST")
@at_site
def send(request: HttpRequest, visit: Visit, collector: str) -> HttpResponse:
    """POST sends what the registers say now, without waiting for the next sending."""
    found = collector_at(visit, collector)
    back = HttpResponseRedirect(reverse("returns", args=[visit.site.slug, found.slug]), status=303)
    if request.method != "POST":
        return back
    visit.require(Page.DATA_RETURNS)
    try:
        made = make_submission(visit.site, found.id, Wanted(Run.BY_HAND, visit.today, visit.account), at=visit.at)
    except NotSendingError as refused:
        messages.error(request, OBSTACLES[refused.obstacle].format(collector=found.name))
        return back
    except OnItsWayError:
        messages.warning(request, _ON_ITS_WAY)
        return back
    except NotPermittedError as lost:
        raise PermissionDenied(visit.lacks(Page.DATA_RETURNS, lost.missing)) from lost
    if made is not None and made.state == SubmissionState.WAITING:
        messages.success(request, _MADE)
    else:
        messages.warning(request, _KEPT_BACK)
    return back


@answers(*LOOKING)
@at_site
def document(_request: HttpRequest, visit: Visit, collector: str, submission: int) -> HttpResponse:
    """The bytes of a submission exactly as they are sent."""
    collector_at(visit, collector)
    with reading(visit.school):
        found = submission_of(visit, collector, submission)
    if found.document is None:
        raise Http404
    kind = "json" if found.media_type == Format.JSON.media_type else "csv"
    answer = HttpResponse(bytes(found.document), content_type=found.media_type)
    name = f"{visit.site.slug}-{collector}-{found.day.isoformat()}-{found.id}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
