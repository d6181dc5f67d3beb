"""The marks of one pupil, and their history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.records.queries.mark_history import history_of_pupil, marks_of_pupil, pupil_of
from consentry.rules.pages import Page
from consentry.schools.queries import calendar_of
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.attendance.addresses import day_asked
from consentry.web.shell import Place, shell
from consentry.web.shown.attendance.pupil import first_of, shown_pupil
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def pupil(request: HttpRequest, visit: Visit, student: int) -> HttpResponse:
    """What stands beside a pupil in the four weeks that end with `?day=`, and who changed what of it, when and why."""
    visit.require(Page.REGISTERS)
    last = day_asked(request.GET.dict(), visit.today)
    first = first_of(last)
    with reading(visit.school):
        name = pupil_of(visit.school, student)
        if name is None:
            raise Http404
        entries = marks_of_pupil(visit.school, student, first, last)
        changes = history_of_pupil(visit.school, student, first, last)
        calendar = calendar_of(visit.site)
    shown = shown_pupil(visit, student, last, entries, changes, calendar)
    called = " ".join(part for part in name if part) or f"Pupil {student}"
    context = {"shell": shell(visit, Place.REGISTERS), "pupil": shown | {"name": called}}
    return render(request, "attendance/pupil.html", context)
