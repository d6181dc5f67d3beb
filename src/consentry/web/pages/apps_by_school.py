"""The trust console: the apps of a trust by its schools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.connections.queries.apps_by_school import AppAtSchools, apps_by_school
from consentry.people.queries.from_trust import SchoolForMe, schools_for
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.apps_by_school_query import wanted_apps
from consentry.web.shell import Place, shell
from consentry.web.shown.apps_by_school import apps_table, shown_table, wanted_rows
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def console(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One table of apps by schools."""
    visit.require(Page.APPS_BY_SCHOOL)
    wanted = wanted_apps(request.GET.dict())
    apps, schools = _found(visit)
    shown = shown_table(visit, wanted_rows(apps, schools, wanted), schools, wanted)
    return render(request, "trust/apps_by_school.html", {"shell": shell(visit, Place.APPS_BY_SCHOOL), "listing": shown})


@answers(*LOOKING)
@at_site
def console_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same table as a file, all pages of it."""
    visit.require(Page.APPS_BY_SCHOOL)
    apps, schools = _found(visit)
    table = apps_table(wanted_rows(apps, schools, wanted_apps(request.GET.dict())), schools)
    return file_answer(kind, table, f"{visit.site.slug}-apps-by-school", visit.at)


def _found(visit: Visit) -> tuple[list[AppAtSchools], list[SchoolForMe]]:
    with reading(visit.school):
        return apps_by_school(visit.school), schools_for(visit.account)
