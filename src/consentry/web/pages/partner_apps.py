"""System > Partner Apps (API Users): the three lists and the page of one app."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from consentry.audit.reading import reading
from consentry.connections.queries.calls_of import calls_of
from consentry.connections.queries.connection_at import ConnectionShown, connection_at
from consentry.connections.queries.history_of import moves_of, published_by
from consentry.connections.queries.list_connections import count_by_state, list_connections
from consentry.connections.queries.receipts import receipts_about
from consentry.connections.queries.reviews import count_reviews, review_to_decide, wanted_more
from consentry.partners.queries.requirements import needs_of
from consentry.partners.queries.token_chains import chains_at
from consentry.records.queries.readiness.counts import count_failing
from consentry.rules.connection_life import MoveRefusedError, State
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.list_query import wanted_list
from consentry.web.sentences import OfApp, decided_by, refusal
from consentry.web.shell import Place, shell
from consentry.web.shown.app import shown_app
from consentry.web.shown.app_history import History, shown_history
from consentry.web.shown.apps_list import Reviews, shown_list
from consentry.web.shown.link_tokens import shown_link_tokens
from consentry.web.shown.readiness import shown_readiness
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def apps_in_state(request: HttpRequest, visit: Visit, state: str) -> HttpResponse:
    """The list of a site's apps in one state, searched, sorted, a page at a time."""
    wanted = wanted_list(State(state), request.GET.dict())
    with reading(visit.school):
        counts = count_by_state(visit.school)
        page = list_connections(visit.school, wanted)
        reviews = Reviews(count_reviews(visit.school), wanted_more(visit.school, [row.id for row in page.rows]))
    shown = shown_list(visit, wanted, page, counts, reviews)
    return render(request, "partner_apps/list.html", {"shell": shell(visit, Place.PARTNER_APPS), "listing": shown})


@answers(*LOOKING)
@at_site
def app_at_site(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    """What an app may see and do at this site: a page, or the slide-over of it for htmx."""
    htmx = HtmxDetails(request)
    if not htmx or htmx.history_restore_request:
        return app_page(request, visit, connection)
    try:
        with reading(visit.school):
            found = connection_at(visit.school, connection)
            review = review_to_decide(visit.school, connection)
            chains = chains_at(visit.school, found.app.id, at=visit.at)
            readiness = _readiness(visit, found)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    context = {"shell": {"site": {"is_dummy": visit.site.is_dummy}}, **shown_app(visit, found, review)}
    context |= shown_link_tokens(visit, found, chains) | readiness
    return render(request, "partner_apps/app.html#slide_over", context)


def app_page(
    request: HttpRequest, visit: Visit, connection: int, refused: MoveRefusedError | None = None
) -> HttpResponse:
    """The app's own page; with the reason on top, as a 409, when a decision was refused. Raises Http404."""
    try:
        with reading(visit.school):
            found = connection_at(visit.school, connection)
            review = review_to_decide(visit.school, connection)
            moves = moves_of(visit.school, connection)
            receipts = receipts_about(visit.school, connection)
            versions = published_by(found.app.id)
            calls = calls_of(visit.school, found.app.id, at=visit.at)
            chains = chains_at(visit.school, found.app.id, at=visit.at)
            readiness = _readiness(visit, found)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    history = History(moves, receipts, versions, calls)
    shown = shown_app(visit, found, review) | shown_history(visit, found, history)
    shown |= shown_link_tokens(visit, found, chains) | readiness
    banners = [_refused(refused, found, visit)] if refused else []
    context = {"shell": shell(visit, Place.PARTNER_APPS), "banners": banners, **shown}
    return render(request, "partner_apps/app.html", context, status=409 if refused else 200)


def _readiness(visit: Visit, found: ConnectionShown) -> dict[str, object]:
    """What its sync needs, and how the site stands with it; five queries at most, in `reading` of the site."""
    needs = needs_of(found.app.id)
    counts = count_failing(visit.school, [need.check for need in needs], at=visit.at)
    return {"readiness": shown_readiness(visit, found.id, needs, counts)}


def _refused(refused: MoveRefusedError, found: ConnectionShown, visit: Visit) -> dict[str, object]:
    app, state = found.app, found.state
    decided = decided_by(app.name, state, found.decided_by, found.decided_at, visit.at)
    about = OfApp(app.name, app.company, (app.company_email, app.app_email))
    words = refusal(refused.why, about, state=state, decided=decided)
    return {"tone": "error", "title": words.title, "text": words.text, "link": None}
