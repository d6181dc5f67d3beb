"""The consent page of the connect link: what the app asks for at this site, to be approved or not."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.connections.actions.connect_by_link import connect_by_link
from consentry.connections.deciding import Seen
from consentry.connections.queries.consent_at import AskedConsent, consent_at
from consentry.people.queries.who_may import names_permitted
from consentry.rules.connection_life import MoveRefusedError
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.web.answers import LOOKING, answers
from consentry.web.confirmed import confirmation_due
from consentry.web.kept_links import KeptLink, keep_link, take_link
from consentry.web.link_request import BrokenLinkError, LinkRequest, code_for
from consentry.web.pages.connect.asked_by_app import asked_by_app
from consentry.web.shown.connect import (
    MOST_NAMED,
    refused_meanwhile,
    shown_consent,
    shown_nobody,
    shown_not_permitted,
    shown_obstacle,
    shown_too_late,
)
from consentry.web.visit import Visit, at_site

APPROVE, CANCEL, NAME = "approve", "cancel", "request"
"""What the form sends: one of the two buttons, and the name under which the session keeps what was shown."""


@answers(*LOOKING, "POST")
@asked_by_app
def connect(request: HttpRequest, site: str, link: LinkRequest) -> HttpResponse:
    """For people of the site who may decide on apps; everybody else is told what to do."""
    if link.slug not in {None, site}:
        raise BrokenLinkError
    try:
        return _at_site(request, site=site, link=link)
    except Http404:
        return render(request, "connect/stopped.html", shown_nobody(request, site, link), status=404)


@at_site
def _at_site(request: HttpRequest, visit: Visit, link: LinkRequest) -> HttpResponse:
    """After everything that is due at the site: who is here may approve, the app can be, and it is still them."""
    with reading(visit.school):
        asked = consent_at(visit.school, link.client_id)
    stopped = _stopped(request, visit, asked) or confirmation_due(request, visit)
    if stopped is not None:
        return stopped
    return _decide(request, visit, link, asked) if request.method == "POST" else _ask(request, visit, link, asked)


def _stopped(request: HttpRequest, visit: Visit, asked: AskedConsent) -> HttpResponse | None:
    """The page that says why nobody, or not this person, can approve the app here, and what to do."""
    if not visit.may(Page.PARTNER_APPS):
        opening = visit.openings[Page.PARTNER_APPS]
        names = names_permitted(visit.school, opening, visit.today, most=MOST_NAMED)
        return render(
            request,
            "connect/stopped.html",
            shown_not_permitted(visit, asked, names, request.get_full_path()),
            status=403,
        )
    if asked.in_the_way is not None:
        return render(request, "connect/stopped.html", shown_obstacle(visit, asked, asked.in_the_way), status=403)
    return None


def _ask(
    request: HttpRequest, visit: Visit, link: LinkRequest, asked: AskedConsent, refused: MoveRefusedError | None = None
) -> HttpResponse:
    """The page itself; as a 409 where it was decided otherwise while the person read.

    Browsers hold the way of a form, and where it is sent on to, to the page's policy: it names the app's address.
    """
    kept = keep_link(request, visit, link, Seen(asked.version_id, asked.moves))
    context = shown_consent(visit, link, asked, kept)
    context["banners"] = [*([refused_meanwhile(visit, asked)] if refused else []), *context["banners"]]
    context["action"] = request.get_full_path()
    page = render(request, "connect/consent.html", context, status=409 if refused else 200)
    page._csp_update = {"form-action": [link.origin]}  # type: ignore[attr-defined] # noqa: SLF001 - as csp_update does
    return page


def _decide(request: HttpRequest, visit: Visit, link: LinkRequest, asked: AskedConsent) -> HttpResponse:
    kept = take_link(request, visit, request.POST.get(NAME, ""))
    if kept is None or kept.link != link or not {APPROVE, CANCEL} & set(request.POST):
        context = shown_too_late(visit, asked, request.get_full_path())
        return render(request, "connect/stopped.html", context, status=400)
    if CANCEL in request.POST:
        told = {"error": "access_denied", "error_description": "The person did not approve."}
        return HttpResponseRedirect(link.back(**told), status=303)
    return _approve(request, visit, kept)


def _approve(request: HttpRequest, visit: Visit, kept: KeptLink) -> HttpResponse:
    link = kept.link
    try:
        connect_by_link(visit.site, link.client_id, kept.seen, by=visit.account, at=visit.at)
    except MoveRefusedError as refused:
        with reading(visit.school):
            now = consent_at(visit.school, link.client_id)
        return _stopped(request, visit, now) or _ask(request, visit, link, now, refused)
    except NotPermittedError as lost:  # taken away while the form was on its way
        raise PermissionDenied(visit.lacks(Page.PARTNER_APPS, lost.missing)) from lost
    return HttpResponseRedirect(code_for(link, visit.site.slug, visit.user), status=303)
