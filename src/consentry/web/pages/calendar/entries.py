"""Entering something into a school's calendar, changing it and removing it: pages, and slide-overs of the same."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from consentry.audit.reading import reading
from consentry.people.actions.add_calendar_entry import add_calendar_entry
from consentry.people.actions.change_calendar_entry import change_calendar_entry
from consentry.people.actions.remove_calendar_entry import remove_calendar_entry
from consentry.rules.pages import Page
from consentry.rules.school_calendar import CalendarEntry
from consentry.schools.keeping_calendar import MovedMeanwhileError, digest, said
from consentry.schools.queries import calendar_days
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.forms.calendar import EntryForm
from consentry.web.forms.user import NothingForm
from consentry.web.shell import Place, shell
from consentry.web.shown.calendar.year import address_of_year
from consentry.web.visit import Visit, at_site


@answers(*LOOKING, "POST")
@at_site
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form for a new entry, filled in as far as the address says. POST enters it."""
    visit.require(Page.CALENDAR)
    if request.method != "POST":
        return _form(request, visit, EntryForm.of_address(request.GET.dict()))
    form = EntryForm(request.POST)

    def save() -> object:
        return add_calendar_entry(visit.site, form.entry(), by=visit.account, at=visit.at)

    if form.is_valid() and carried_out(visit, Page.CALENDAR, form, save):
        return _back(request, visit, form.entry(), f"Entered: {said(form.entry())}.")
    return _form(request, visit, form, status=422)


@answers(*LOOKING, "POST")
@at_site
def entry(request: HttpRequest, visit: Visit, entry: int) -> HttpResponse:
    """One entry, to be changed or removed. POST changes it."""
    visit.require(Page.CALENDAR)
    if request.method != "POST":
        return _form(request, visit, EntryForm.showing(_found(visit, entry)), number=entry)
    form = EntryForm(request.POST)

    def save() -> object:
        seen = form.cleaned_data["seen"]
        return change_calendar_entry(visit.site, entry, form.entry(), seen=seen, by=visit.account, at=visit.at)

    try:
        if form.is_valid() and carried_out(visit, Page.CALENDAR, form, save):
            return _back(request, visit, form.entry(), f"Saved: {said(form.entry())}.")
    except MovedMeanwhileError as moved:
        return _moved(request, visit, form, moved.now, entry)
    return _form(request, visit, form, number=entry, status=422)


@answers("POST")
@at_site
def remove(request: HttpRequest, visit: Visit, entry: int) -> HttpResponse:
    """Remove an entry, if it still says what the person has seen."""
    visit.require(Page.CALENDAR)
    removed: list[CalendarEntry] = []
    form = NothingForm(request.POST)

    def save() -> None:
        seen = request.POST.get("seen", "")
        removed.append(remove_calendar_entry(visit.site, entry, seen=seen, by=visit.account, at=visit.at))

    try:
        if form.is_valid() and carried_out(visit, Page.CALENDAR, form, save):
            return _back(request, visit, removed[0], f"Removed: {said(removed[0])}.")
    except MovedMeanwhileError as moved:
        now = f"it is {said(moved.now)} now" if moved.now else "it is gone already"
        messages.error(request, f"Nothing was removed. Somebody else changed this entry meanwhile: {now}.")
        return HttpResponseRedirect(reverse("calendar", args=[visit.site.slug]), status=303)
    messages.error(request, f"Nothing was removed. {' '.join(map(str, form.non_field_errors()))}")
    return HttpResponseRedirect(reverse("calendar-entry", args=[visit.site.slug, entry]), status=303)


def _found(visit: Visit, number: int) -> CalendarEntry:
    """The entry of this number. Raises Http404, for another school's likewise."""
    with reading(visit.school):
        found = {row.id: row.facts() for row in calendar_days(visit.school)}
    if number not in found:
        raise Http404
    return found[number]


def _moved(request: HttpRequest, visit: Visit, form: EntryForm, now: CalendarEntry | None, number: int) -> HttpResponse:
    """The form with what was typed, and what somebody else made of the entry meanwhile."""
    if now is None:
        return _form(request, visit, form, status=409, old="Somebody else has removed this entry")
    return _form(request, visit, form, number=number, seen=digest(now), status=409, old=f"It is {said(now)} now")


def _form(request: HttpRequest, visit: Visit, form: EntryForm, *, status: int = 200, **about: Any) -> HttpResponse:
    """The form as a page, or as a slide-over for htmx; `number` of an entry that is there, `old` of one that moved."""
    number, slug = about.get("number"), visit.site.slug
    context = {
        "form": form,
        "title": "Change or remove" if number else "Add to the calendar",
        "seen": about.get("seen") or form["seen"].value() or "",
        "old": about.get("old", ""),
        "action": reverse("calendar-entry", args=[slug, number]) if number else reverse("calendar-add", args=[slug]),
        "remove_url": reverse("calendar-remove", args=[slug, number]) if number else "",
        "back_url": address_of_year(slug, form.day()),
    }
    htmx = HtmxDetails(request)
    if htmx and not htmx.history_restore_request:
        return render(request, "calendar/entry.html#slide_over", context)
    return render(request, "calendar/entry.html", context | {"shell": shell(visit, Place.CALENDAR)}, status=status)


def _back(request: HttpRequest, visit: Visit, entry: CalendarEntry, told: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(address_of_year(visit.site.slug, entry.first_day), status=303)
