"""Apps at the operator's desk: the list, its files, and the page of one."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.connections.queries.connections_of_app import connections_of_app
from consentry.connections.queries.schools_of_apps import schools_of_apps
from consentry.connections.queries.what_is_asked import what_is_asked
from consentry.partners.queries.apps import latest_version
from consentry.partners.queries.desk_apps import all_apps, app_by_id, list_apps
from consentry.partners.queries.directory import behind
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.operator.lists import APPS
from consentry.web.pages.operator.frame import Place, desk_shell
from consentry.web.shown.operator.apps import AppFacts, apps_table, shown_apps, shown_desk_app


@answers(*LOOKING)
@at_desk
def apps(request: HttpRequest, visit: DeskVisit) -> HttpResponse:
    """All apps, searched, filtered, sorted, a page at a time."""
    wanted = wanted_of(request.GET.dict(), APPS)
    page = list_apps(wanted)
    shown = shown_apps(visit, wanted, page, schools_of_apps([each.id for each in page.rows]))
    return render(request, "operator/apps.html", {"shell": desk_shell(visit, Place.APPS), "listing": shown})


@answers(*LOOKING)
@at_desk
def apps_file(request: HttpRequest, visit: DeskVisit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    rows = list(all_apps(wanted_of(request.GET.dict(), APPS)))
    return file_answer(kind, apps_table(rows, schools_of_apps([each.id for each in rows])), "apps", visit.at)


@answers(*LOOKING)
@at_desk
def app(request: HttpRequest, visit: DeskVisit, app: int) -> HttpResponse:
    """One app: what it asks, at which schools it stands how, and what can be done about it. No school's records."""
    try:
        found = app_by_id(app)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    version = latest_version(found)
    asked = what_is_asked([version.id])[version.id] if version else ()
    facts = AppFacts(version.number if version else None, asked, connections_of_app(found), behind(app))
    shown = shown_desk_app(visit, found, facts)
    return render(request, "operator/app.html", {"shell": desk_shell(visit, Place.APPS), **shown})
