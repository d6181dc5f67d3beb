"""The page of a collector at a school: what is sent, consent, the submissions, and what could not be sent any more."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from consentry.audit.reading import reading
from consentry.returns.models import Collector
from consentry.returns.queries.counts import count_attendance
from consentry.returns.queries.late_changes import LateChanges, late_changes
from consentry.returns.queries.received_days import received_days
from consentry.returns.queries.submissions_list import all_submissions, first_made, list_submissions
from consentry.rules.attendance_received import SessionReceived, sessions_received
from consentry.rules.school_calendar import SchoolCalendar
from consentry.rules.sending_times import Sending
from consentry.schools.queries import calendar_of
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.returns_query import SUBMISSIONS, asked_of
from consentry.web.pages.returns.finding import collector_at, collectors_at, standing_at, submission_of
from consentry.web.shell import Place, shell
from consentry.web.shown.returns.chart import received_chart
from consentry.web.shown.returns.collector import shown_collector
from consentry.web.shown.returns.consent import Standing, shown_standing
from consentry.web.shown.returns.late import shown_late
from consentry.web.shown.returns.questions import questions
from consentry.web.shown.returns.submissions import shown_row, shown_submissions, submissions_table
from consentry.web.visit import Visit, at_site

_WEEKS = timedelta(weeks=4)
_LATELY = timedelta(weeks=12)
"""Of the history of marks, which holds half a million lines a year."""


@answers(*LOOKING)
@at_site
def attendance_api_submissions(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The page of the first collector that asks this school; for everybody of the school, as counts are all it has."""
    asking = collectors_at(visit)
    if not asking:
        return render(request, "returns/nobody.html", {"shell": shell(visit, Place.RETURNS)})
    return _page(request, visit, asking, asking[0])


@answers(*LOOKING)
@at_site
def of_collector(request: HttpRequest, visit: Visit, collector: str) -> HttpResponse:
    """The page of one collector."""
    return _page(request, visit, collectors_at(visit), collector_at(visit, collector))


@answers(*LOOKING)
@at_site
def submissions_file(request: HttpRequest, visit: Visit, collector: str, kind: str) -> HttpResponse:
    """The list of submissions as a file, all pages of it."""
    found = collector_at(visit, collector)
    asked = asked_of(wanted_of(request.GET.dict(), SUBMISSIONS))
    with reading(visit.school):
        rows = all_submissions(visit.school, found, asked, visit.today)
    return file_answer(kind, submissions_table(found, rows), f"{visit.site.slug}-{found.slug}-submissions", visit.at)


@answers(*LOOKING)
@at_site
def row(request: HttpRequest, visit: Visit, collector: str, submission: int) -> HttpResponse:
    """One row of the list, as it is looked at again while it waits; without a script the whole list."""
    found = collector_at(visit, collector)
    with reading(visit.school):
        listed = submission_of(visit, collector, submission)
    if not HtmxDetails(request):
        return HttpResponseRedirect(reverse("returns", args=[visit.site.slug, found.slug]), status=303)
    return render(request, "returns/row.html", {"row": shown_row(visit, found, listed)})


def _page(request: HttpRequest, visit: Visit, asking: list[Collector], collector: Collector) -> HttpResponse:
    wanted = wanted_of(request.GET.dict(), SUBMISSIONS)
    with reading(visit.school):
        calendar = calendar_of(visit.site)
        standing = standing_at(visit, collector)
        listed = list_submissions(visit.school, collector, asked_of(wanted), visit.today)
        late = _late(visit, collector, standing, calendar)
        received = _received(visit, collector, calendar)
    context = {
        "shell": shell(visit, Place.RETURNS),
        "collector": {"name": collector.name, "slug": collector.slug, "is_over": collector.is_over},
        "is_new": not (listed.total or standing.consents),
        "tabs": _tabs(visit, asking, collector),
        "about": shown_collector(collector, collector.scope.window.days(visit.today, calendar), calendar),
        "details_url": reverse("school-details", args=[visit.site.slug]),
        "today_url": reverse("returns-today", args=[visit.site.slug, collector.slug]),
        "consent": shown_standing(visit, collector, standing),
        "listing": shown_submissions(visit, collector, wanted, listed),
        "late": shown_late(visit, late, collector.recipient),
        "chart": received_chart(collector.recipient, received),
        "questions": questions(collector),
    }
    return render(request, "returns/page.html", context)


def _tabs(visit: Visit, asking: list[Collector], now: Collector) -> list[dict[str, Any]]:
    if len(asking) == 1:
        return []
    return [
        {
            "label": each.name,
            "count": None,
            "note": "",
            "url": reverse("returns", args=[visit.site.slug, each.slug]),
            "current": each.id == now.id,
        }
        for each in asking
    ]


def _late(visit: Visit, collector: Collector, standing: Standing, calendar: SchoolCalendar) -> LateChanges:
    """What changed too late in the last twelve weeks, while the school's return was sent."""
    since, until = _sent_since(visit, collector, standing)
    if since is None:
        return LateChanges((), is_more=False)
    sending = Sending(collector.schedule, collector.scope.window, calendar, visit.site.id)
    return late_changes(visit.school, collector, sending, max(since, visit.at - _LATELY), until)


def _sent_since(visit: Visit, collector: Collector, standing: Standing) -> tuple[datetime | None, datetime | None]:
    """From when on, and until when, the school's return was sent: as its last consent has it, or the law."""
    if not collector.needs_consent:
        return first_made(visit.school, collector), collector.status_at if collector.is_over else None
    last = standing.consents[0] if standing.consents else None
    return (last.given_at, last.ended_at) if last else (None, None)


def _received(visit: Visit, collector: Collector, calendar: SchoolCalendar) -> tuple[SessionReceived, ...]:
    """The sessions of the last four weeks. Two queries."""
    days = [visit.today - _WEEKS + timedelta(days=ahead) for ahead in range(1, _WEEKS.days + 1)]
    told = received_days(visit.school, collector, days)
    if not told:
        return ()
    counted: list[date] = [day for day in days if day in told or calendar.is_open(day)]
    return sessions_received(told, count_attendance(visit.school, counted), calendar)
