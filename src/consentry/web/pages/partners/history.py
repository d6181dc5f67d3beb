"""What happened to a company, its people, apps and secrets: from the platform's chain of events."""

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from consentry.audit.models import Event
from consentry.partners.queries.company_events import company_events
from consentry.partners.queries.own_apps import apps_of_company
from consentry.people.queries.accounts import names_of
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.downloads.answer import file_answer
from consentry.web.downloads.table import Cell
from consentry.web.forms.list_query import page_number
from consentry.web.pages.partners.frame import Place, company_shell
from consentry.web.sentences import moment
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.paging import paging
from consentry.web.shown.partners.events import Names, about, people_named, what

A_PAGE = 30
_MOST = 10_000


@answers(*LOOKING)
@at_company
def history(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """A page at a time, the newest first."""
    found = company_events(visit.company)
    total = found.count()
    number = min(page_number(request.GET.dict()), max(1, -(-total // A_PAGE)))
    address = reverse("company-history", args=[visit.company.id])
    page = list(found[(number - 1) * A_PAGE : number * A_PAGE])
    names = _names(visit, page)
    rows = [
        {"when": moment(each.at, visit.at), "what": what(each), "about": about(each, names), "by": each.actor_name}
        for each in page
    ]
    files = [reverse("company-history-file", args=[visit.company.id, kind]) for kind in ("csv", "xlsx")]
    context = {
        "shell": company_shell(visit, Place.HISTORY),
        "rows": rows,
        "columns": [{"label": each, "kind": "", "url": "", "sorted": ""} for each in ("What", "About", "By", "When")],
        "pagination": paging(number, total, A_PAGE, "event", lambda wanted: f"{address}?page={wanted}"),
        "downloads": downloads("All events", *files),
    }
    return render(request, "partners/history.html", context)


@answers(*LOOKING)
@at_company
def history_file(request: HttpRequest, visit: CompanyVisit, kind: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """All of it as a file."""
    events = list(company_events(visit.company)[:_MOST])
    return file_answer(kind, _table(events, _names(visit, events)), "company-history", visit.at)


def _names(visit: CompanyVisit, events: Sequence[Event]) -> Names:
    apps = dict(apps_of_company(visit.company).values_list("id", "name"))
    return Names(names_of(people_named(events)), apps)


def _table(events: Iterable[Event], names: Names) -> Iterator[tuple[Cell, ...]]:
    yield "Number", "At", "What", "About", "By"
    for each in events:
        yield (
            each.number,
            f"{timezone.localtime(each.at):%Y-%m-%d %H:%M}",
            what(each),
            about(each, names),
            each.actor_name,
        )
