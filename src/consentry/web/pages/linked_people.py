"""Whom an identity provider of a site knows, and making it forget somebody."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.people.actions.unlink_person import unlink_person
from consentry.people.queries.identity_providers import Provider, providers_of
from consentry.people.queries.people_linked import all_linked, people_linked
from consentry.rules.identity_providers import Vouching
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.linked_people import wanted_people
from consentry.web.shell import Place, shell
from consentry.web.shown.linked_people import people_table, shown_people
from consentry.web.shown.sso_settings import shown_provider
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def linked_people(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The site's people whom the provider knows, searched, a page at a time."""
    provider = _provider(visit, kind)
    wanted = wanted_people(request.GET.dict())
    found = people_linked(provider, wanted)
    context = {
        "shell": shell(visit, Place.SSO_SETTINGS),
        "provider": shown_provider(visit, provider.kind, provider),
        "listing": shown_people(visit, provider, found, wanted),
    }
    return render(request, "sso_settings/people.html", context)


@answers(*LOOKING)
@at_site
def linked_people_file(request: HttpRequest, visit: Visit, kind: str, file: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    provider = _provider(visit, kind)
    table = people_table(all_linked(provider, wanted_people(request.GET.dict())))
    return file_answer(file, table, f"{visit.site.slug}-linked-to-{kind}", visit.at)


@answers("POST")
@at_site
def unlink(request: HttpRequest, visit: Visit, kind: str, account: str) -> HttpResponse:
    """The provider knows the person no longer."""
    provider = _provider(visit, kind)
    try:
        unlinked = unlink_person(provider, int(account), by=visit.account, at=visit.at)
    except NotPermittedError as lost:  # taken away between opening the page and pressing the button
        raise PermissionDenied(visit.lacks(Page.SSO_SETTINGS, lost.missing)) from lost
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    messages.success(request, f"{unlinked.user.name} is unlinked, and found by email the next time.")
    return HttpResponseRedirect(reverse("sso-people", args=[visit.site.slug, kind]), status=303)


def _provider(visit: Visit, kind: str) -> Provider:
    """The site's provider of this kind, for who may see it. Raises Http404, PermissionDenied."""
    visit.require(Page.SSO_SETTINGS)
    found = providers_of(visit.school).get(Vouching(kind))
    if found is None:
        raise Http404
    return found
