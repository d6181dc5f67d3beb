"""The review of one app at a site: a wider version that waits beside the one in force."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from consentry.audit.reading import reading
from consentry.connections.actions.accept_review import accept_review
from consentry.connections.actions.decline_review import decline_review
from consentry.connections.queries.receipts import last_receipt
from consentry.connections.queries.reviews import ReviewShown, review_at
from consentry.connections.queries.who_decided import decider
from consentry.rules.connection_life import MoveRefusedError
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.rules.review_life import ReviewRefusedError, ReviewState
from consentry.web import addresses
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.review_decision import ReviewDecisionForm
from consentry.web.pages.errors import not_allowed
from consentry.web.sentences import OfApp, Refusal, refusal, review_decided, review_refusal, review_stands
from consentry.web.shell import Place, shell
from consentry.web.shown.review import shown_review
from consentry.web.visit import Visit, at_site

_NOT_SAID = "The decision did not say what it is about. Open the page of what the app asks for and decide there."


@answers(*LOOKING)
@at_site
def review(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    """What is new, what goes, and the decision: a page, or the slide-over of it for htmx."""
    htmx = HtmxDetails(request)
    if not htmx or htmx.history_restore_request:
        return _page(request, visit, _found(visit, connection))
    context = {"shell": {"site": {"is_dummy": visit.site.is_dummy}}, **shown_review(visit, _found(visit, connection))}
    return render(request, "partner_apps/review.html#slide_over", context)


def _found(visit: Visit, connection: int) -> ReviewShown:
    try:
        with reading(visit.school):
            return review_at(visit.school, connection)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


def _page(request: HttpRequest, visit: Visit, found: ReviewShown, refused: Refusal | None = None) -> HttpResponse:
    """The review's own page; with the reason on top, as a 409, when a decision was refused."""
    banners = [{"tone": "error", "title": refused.title, "text": refused.text, "link": None}] if refused else []
    context = {"shell": shell(visit, Place.PARTNER_APPS), "banners": banners, **shown_review(visit, found)}
    return render(request, "partner_apps/review.html", context, status=409 if refused else 200)


def _by_button(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that a button of the review posts to; whoever opens its address is led to the review."""

    @wraps(view)
    def guarded(request: HttpRequest, site: str, connection: int) -> HttpResponse:
        if request.method in LOOKING:
            return HttpResponseRedirect(addresses.review(site, connection), status=303)
        if request.method != "POST":
            return not_allowed(request, [*LOOKING, "POST"])
        return view(request, site=site, connection=connection)

    return guarded


@_by_button
@at_site
def accept(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    """The school says yes to what is asked for beyond what was approved."""
    return _decide(request, visit, connection, accept_review, ReviewState.ACCEPTED)


@_by_button
@at_site
def decline(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    """The school says no to it: the version in force stays."""
    return _decide(request, visit, connection, decline_review, ReviewState.DECLINED)


def _decide(
    request: HttpRequest, visit: Visit, connection: int, action: Callable[..., object], after: ReviewState
) -> HttpResponse:
    visit.require(Page.PARTNER_APPS)
    form = ReviewDecisionForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_NOT_SAID)
    number, moves = form.cleaned_data["review"], form.cleaned_data["moves"]
    found = _found(visit, connection)
    if found.id != number:
        return _page(request, visit, found, _refused(found, visit, is_stale=True))
    try:
        action(visit.site, number, moves, by=visit.account, at=visit.at)
    except ReviewRefusedError as refused:
        now = _found(visit, connection)
        return _page(request, visit, now, _refused(now, visit, is_stale=refused.is_stale))
    except MoveRefusedError as refused:
        about = OfApp(found.app.name, found.app.company, (found.app.company_email, found.app.app_email))
        words = refusal(refused.why, about, state=refused.state, decided="")
        return _page(request, visit, found, words)
    except NotPermittedError as lost:  # taken away between opening the page and pressing the button
        raise PermissionDenied(visit.lacks(Page.PARTNER_APPS, lost.missing)) from lost
    with reading(visit.school):
        receipt = last_receipt(visit.school, connection)
    by = decider(visit.user.name, visit.account.trust.name if visit.account.trust else None)
    told = review_decided(found.app.name, after, by, visit.at)
    messages.success(request, told, extra_tags=addresses.receipt(visit.site.slug, receipt) if receipt else "")
    return HttpResponseRedirect(addresses.app(visit.site.slug, connection), status=303)


def _refused(found: ReviewShown, visit: Visit, *, is_stale: bool) -> Refusal:
    decided = review_stands(found.state, found.decided_by, found.decided_at, visit.at)
    return review_refusal(found.app.name, decided, is_stale=is_stale)
