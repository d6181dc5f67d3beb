"""Ending the tokens that a site's people gave an app by the connect link."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.connections.actions.end_link_tokens import end_link_tokens
from consentry.connections.queries.connection_at import connection_at
from consentry.partners.queries.token_chains import chains_at
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.web import addresses
from consentry.web.answers import LOOKING, answers
from consentry.web.shell import Place, shell
from consentry.web.visit import Visit, at_site


@answers(*LOOKING, "POST")
@at_site
def end_tokens(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    """A page that says what will happen; POST ends them."""
    visit.require(Page.PARTNER_APPS)
    try:
        return _end(request, visit, connection) if request.method == "POST" else _ask(request, visit, connection)
    except NotPermittedError as lost:
        raise PermissionDenied(visit.lacks(Page.PARTNER_APPS, lost.missing)) from lost
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


def _ask(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    with reading(visit.school):
        app = connection_at(visit.school, connection).app
        if not chains_at(visit.school, app.id, at=visit.at):
            raise Http404
    context = {"app": {"name": app.name, "company": app.company, "url": addresses.app(visit.site.slug, connection)}}
    return render(request, "partner_apps/end_tokens.html", {"shell": shell(visit, Place.PARTNER_APPS), **context})


def _end(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    ended = end_link_tokens(visit.site, connection, by=visit.account, at=visit.at)
    messages.success(request, f"The tokens that {ended.app.name} got by the link open nothing from its next call on.")
    return HttpResponseRedirect(addresses.app(visit.site.slug, connection), status=303)
