"""School > School Calendar > Import: a file of term dates, all of it or nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.imports.actions.import_term_dates import TermDates, import_term_dates
from consentry.imports.applying.outcome import RefusedFileError
from consentry.imports.report import Report, report
from consentry.imports.term_dates.read import HEADER
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.forms.calendar import TermDatesForm
from consentry.web.sentences import counted
from consentry.web.shell import Place, shell
from consentry.web.visit import Visit, at_site

_SHOWN = 100


@answers(*LOOKING, "POST")
@at_site
def term_dates(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form for a file. POST enters all that the file says, or says what is wrong with each line."""
    visit.require(Page.CALENDAR)
    if request.method != "POST":
        return _page(request, visit, TermDatesForm())
    form, done = TermDatesForm(request.POST, request.FILES), list[TermDates]()

    def save() -> None:
        done.append(import_term_dates(visit.site, form.stream(), by=visit.account, at=visit.at))

    try:
        if form.is_valid() and carried_out(visit, Page.CALENDAR, form, save):
            messages.success(request, _said(done[0]))
            return HttpResponseRedirect(reverse("calendar", args=[visit.site.slug]), status=303)
    except RefusedFileError as refused:
        found = report(refused.problems)
        form.add_error("file", f"Nothing was entered: the file has {counted(found.total, 'problem')}, listed below.")
        return _page(request, visit, form, found)
    return _page(request, visit, form)


def _said(done: TermDates) -> str:
    there = f"{counted(done.already, 'entry', 'entries')} of the file stood in the calendar already."
    if not done.added:
        return f"Nothing new: {there}"
    added = f"{counted(done.added, 'entry', 'entries')} entered."
    return f"{added} {there}" if done.already else added


def _page(request: HttpRequest, visit: Visit, form: TermDatesForm, found: Report | None = None) -> HttpResponse:
    context = {
        "shell": shell(visit, Place.CALENDAR),
        "form": form,
        "header": ",".join(HEADER),
        "columns": [{"label": label} for label in ("Line", "Field", "What stands there", "Why")],
        "problems": found.lines[:_SHOWN] if found else [],
        "more": max(0, found.total - _SHOWN) if found else 0,
        "back_url": reverse("calendar", args=[visit.site.slug]),
    }
    return render(request, "calendar/import.html", context, status=422 if form.errors else 200)
