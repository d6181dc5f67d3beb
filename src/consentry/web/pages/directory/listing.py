"""System > Partner directory: every app that can be connected, and the page of one."""

from collections.abc import Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.connections.queries.standings import standings
from consentry.connections.queries.what_is_asked import what_is_asked
from consentry.partners.queries.apps import latest_version
from consentry.partners.queries.directory import (
    Entry,
    all_of_directory,
    behind,
    directory_app,
    directory_behind,
    list_directory,
)
from consentry.partners.queries.requirements import needs_of
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.directory.lists import DIRECTORY
from consentry.web.shell import Place, shell
from consentry.web.shown.directory.app import shown_behind, shown_directory_app
from consentry.web.shown.directory.listing import Asked, Standing, directory_table, shown_directory
from consentry.web.shown.readiness import shown_needs
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def directory(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All integrated partners, searched, filtered, sorted, a page at a time; for everybody of the site."""
    wanted = wanted_of(request.GET.dict(), DIRECTORY)
    page = list_directory(wanted)
    shown = shown_directory(visit, wanted, page, *_beside(visit, page.rows))
    return render(request, "directory/list.html", {"shell": shell(visit, Place.DIRECTORY), "listing": shown})


@answers(*LOOKING)
@at_site
def directory_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    rows = list(all_of_directory(wanted_of(request.GET.dict(), DIRECTORY)))
    return file_answer(kind, directory_table(rows, *_beside(visit, rows)), "partner-directory", visit.at)


@answers(*LOOKING)
@at_site
def app(request: HttpRequest, visit: Visit, app: int) -> HttpResponse:
    """One partner app: who, what it would ask for, how to connect it. One that is not live, or suspended, says so."""
    try:
        found = directory_app(app)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    version = latest_version(found)
    asked = what_is_asked([version.id])[version.id] if version else ()
    with reading(visit.school):
        standing = standings(visit.school, [app]).get(app)
    shown = shown_directory_app(visit, found, asked, standing, behind(app))
    shown["readiness"] = shown_needs(needs_of(app))
    return render(request, "directory/app.html", {"shell": shell(visit, Place.DIRECTORY), **shown})


@answers(*LOOKING)
@at_site
def behind_provider(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """One app that comes through a data provider, and that it is authorised there."""
    try:
        found = directory_behind(number)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    with reading(visit.school):
        standing = standings(visit.school, [found.provider_id]).get(found.provider_id)
    shown = shown_behind(visit, found, standing)
    return render(request, "directory/behind.html", {"shell": shell(visit, Place.DIRECTORY), **shown})


def _beside(visit: Visit, rows: Iterable[Entry]) -> tuple[Asked, Standing]:
    """What the rows' apps ask for, by version, and where they stand at this site. Two queries."""
    shown = list(rows)
    with reading(visit.school):
        standing = standings(visit.school, [each.app for each in shown])
    return what_is_asked({each.version for each in shown if each.version}), standing
