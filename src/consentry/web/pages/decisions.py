"""Approving and rejecting an app."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from consentry.audit.reading import reading
from consentry.connections.actions.approve_connection import approve_connection
from consentry.connections.actions.reject_connection import reject_connection
from consentry.connections.models import Connection
from consentry.connections.queries.receipts import last_receipt
from consentry.connections.queries.who_decided import who_decided
from consentry.rules.connection_life import MoveRefusedError, State
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.web import addresses
from consentry.web.answers import LOOKING
from consentry.web.forms.decision import DecisionForm
from consentry.web.pages.errors import not_allowed
from consentry.web.pages.partner_apps import app_page
from consentry.web.sentences import moved
from consentry.web.visit import Visit, at_site


def decided_by_button(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that a button of the app's page posts to; whoever opens its address is led to that page."""

    @wraps(view)
    def guarded(request: HttpRequest, site: str, connection: int) -> HttpResponse:
        if request.method in LOOKING:
            return HttpResponseRedirect(addresses.app(site, connection), status=303)
        if request.method != "POST":
            return not_allowed(request, [*LOOKING, "POST"])
        return view(request, site=site, connection=connection)

    return guarded


@decided_by_button
@at_site
def approve(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    """The school says yes to the version that was shown."""
    return _decide(request, visit, connection, approve_connection)


@decided_by_button
@at_site
def reject(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    """The school says no, or no longer."""
    return _decide(request, visit, connection, reject_connection)


def _decide(request: HttpRequest, visit: Visit, connection: int, action: Callable[..., Connection]) -> HttpResponse:
    visit.require(Page.PARTNER_APPS)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The decision did not say which version it is about. Open the app’s page and decide there.")
    try:
        done = action(visit.site, connection, form.seen(), by=visit.account, at=visit.at)
    except MoveRefusedError as refused:
        return app_page(request, visit, connection, refused)
    except NotPermittedError as lost:  # taken away between opening the page and pressing the button
        raise PermissionDenied(visit.lacks(Page.PARTNER_APPS, lost.missing)) from lost
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    with reading(visit.school):
        receipt = last_receipt(visit.school, done.id)
    told = moved(done.app.name, State(done.state), who_decided(done), visit.at)
    messages.success(request, told, extra_tags=addresses.receipt(visit.site.slug, receipt) if receipt else "")
    return HttpResponseRedirect(addresses.app(visit.site.slug, done.id), status=303)
