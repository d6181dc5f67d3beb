"""The registers of a day, as a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.records.queries.pupils_of_day import entries_of_day, pupils_of_day
from consentry.records.queries.registers import registers_of_day
from consentry.returns.queries.sent_until import changes_are_sent
from consentry.rules.pages import Page
from consentry.schools.queries import calendar_of
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.attendance.addresses import day_asked
from consentry.web.forms.list_query import search
from consentry.web.shell import Place, shell
from consentry.web.shown.attendance.day import day_table, shown_day
from consentry.web.shown.returns.until import sent_until_words
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def registers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Each form of the day and whether its registers are taken; with `?q=` forms and pupils of that name."""
    visit.require(Page.REGISTERS)
    day, q = day_asked(request.GET.dict(), visit.today), search(request.GET.dict())
    with reading(visit.school):
        forms = registers_of_day(visit.school, day)
        pupils = pupils_of_day(visit.school, day, q) if q else []
        calendar = calendar_of(visit.site)
        sent = changes_are_sent(visit.site, day, calendar)
    shown = shown_day(visit, day, q, forms, pupils, calendar) | {"sent_until": sent_until_words(visit, sent)}
    return render(request, "attendance/day.html", {"shell": shell(visit, Place.REGISTERS), "registers": shown})


@answers(*LOOKING)
@at_site
def registers_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """All registers of the day as a file."""
    visit.require(Page.REGISTERS)
    day = day_asked(request.GET.dict(), visit.today)
    with reading(visit.school):
        pupils, entries = pupils_of_day(visit.school, day), entries_of_day(visit.school, day)
    return file_answer(kind, day_table(day, pupils, entries), f"{visit.site.slug}-registers-of-{day}", visit.at)
