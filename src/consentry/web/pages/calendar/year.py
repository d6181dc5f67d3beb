"""School > School Calendar: a school year, for everybody of the school to look at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.rules.pages import Page
from consentry.schools.queries import calendar_days
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.calendar import year_asked
from consentry.web.shell import Place, shell
from consentry.web.shown.calendar.table import entries_table
from consentry.web.shown.calendar.year import Numbered, shown_year
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def year(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The school year of today, or `?year=` in which one begins."""
    day = year_asked(request.GET.get("year", ""), visit.today)
    context = {"shell": shell(visit, Place.CALENDAR), "calendar": shown_year(visit, _entries(visit), day)}
    return render(request, "calendar/year.html", context)


@answers(*LOOKING)
@at_site
def entries_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """All entries of all years as a file, as an import takes them."""
    table = entries_table(entry for _, entry in _entries(visit))
    return file_answer(kind, table, f"{visit.site.slug}-calendar", visit.at)


def _entries(visit: Visit) -> list[Numbered]:
    """All entries, each with its number. Raises Http404 at a trust, which has no calendar."""
    visit.require_there(Page.CALENDAR)
    with reading(visit.school):
        return [(row.id, row.facts()) for row in calendar_days(visit.school)]
