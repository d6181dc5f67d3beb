"""Why does the sync not work? The trouble page of a connection, reporting a problem, and what became of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.connections.actions.report_trouble import FactsMovedError, report_trouble
from consentry.connections.queries.connection_at import connection_of
from consentry.connections.queries.trouble_of import Trouble, trouble_of
from consentry.partners.actions.continue_trouble import continue_trouble
from consentry.partners.actions.settle_trouble import settle_trouble
from consentry.partners.models import TroubleReport
from consentry.partners.queries.troubles import latest_troubles, notes_of_trouble, trouble_with
from consentry.rules.pages import Page
from consentry.rules.trouble_life import TroubleRefusedError
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.forms.trouble import TroubleForm, WordForm
from consentry.web.forms.user import NothingForm
from consentry.web.shell import Place, shell
from consentry.web.shown.trouble import shown_own_report, shown_trouble
from consentry.web.visit import Visit, at_site

_MOVED = "The facts below have changed since you opened the page. Look at them again, and send it."


@answers(*LOOKING)
@at_site
def trouble(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    """For everybody who may see the app's page: why its sync may not work, and what was reported."""
    return _page(request, visit, connection, TroubleForm())


@answers(*LOOKING, "POST")
@at_site
def report(request: HttpRequest, visit: Visit, connection: int) -> HttpResponse:
    """The report of who may decide on apps, with the facts that they saw. Its form is part of the trouble page."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("partner-app-trouble", args=[visit.site.slug, connection]), status=303)
    visit.require(Page.PARTNER_APPS)
    form = TroubleForm(request.POST)
    made: list[TroubleReport] = []

    def do() -> None:
        seen = form.seen_facts(visit.at)
        made.append(report_trouble(visit.site, connection, form.wanted(), seen, by=visit.account, at=visit.at))

    try:
        if not form.is_valid() or not carried_out(visit, Page.PARTNER_APPS, form, do):
            return _page(request, visit, connection, form)
    except FactsMovedError:
        form.add_error(None, _MOVED)
        return _page(request, visit, connection, form)
    (sent,) = made
    messages.success(request, f"{sent.app.company.name} is told by email, and the operator can read it too.")
    return HttpResponseRedirect(reverse("trouble", args=[visit.site.slug, sent.id]), status=303)


@answers(*LOOKING)
@at_site
def trouble_report(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """One report: what was said since, and the facts that went with it."""
    return _report_page(request, visit, report, WordForm())


@answers(*LOOKING, "POST")
@at_site
def say(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """The school says more; a settled report is reopened."""
    form = WordForm(request.POST if request.method == "POST" else None)

    def do() -> object:
        return continue_trouble(visit.site, report, form.cleaned_data["text"], by=visit.account, at=visit.at)

    return _acted(request, visit, report, form, do, "The company is told by email.")


@answers(*LOOKING, "POST")
@at_site
def settle(request: HttpRequest, visit: Visit, report: int) -> HttpResponse:
    """The school says that it works again."""
    form = NothingForm(request.POST if request.method == "POST" else None)

    def do() -> object:
        return settle_trouble(visit.site, report, by=visit.account, at=visit.at)

    return _acted(request, visit, report, form, do, "The report is settled. The company is told by email.")


def _acted(
    request: HttpRequest, visit: Visit, report: int, form: Form, do: Callable[[], object], said: str
) -> HttpResponse:
    visit.require(Page.PARTNER_APPS)
    try:
        if not form.is_valid() or not carried_out(visit, Page.PARTNER_APPS, form, do):
            return _report_page(request, visit, report, form if isinstance(form, WordForm) else WordForm())
    except TroubleRefusedError as refused:
        messages.error(request, f"Nothing was changed: the report stands at “{refused.state.label}” now.")
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("trouble", args=[visit.site.slug, report]), status=303)


def _page(request: HttpRequest, visit: Visit, connection: int, form: TroubleForm) -> HttpResponse:
    try:
        with reading(visit.school):
            found: Trouble = trouble_of(visit.school, connection, at=visit.at)
            reports = latest_troubles(visit.school, found.app.id)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    form.show_facts(found.facts)
    shown = shown_trouble(visit, found, reports)
    context = {"shell": shell(visit, Place.PARTNER_APPS), "form": form, **shown}
    return render(request, "partner_apps/trouble.html", context)


def _report_page(request: HttpRequest, visit: Visit, report: int, form: WordForm) -> HttpResponse:
    visit.require(Page.PARTNER_APPS)
    try:
        found = trouble_with(report, site=visit.site)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    with reading(visit.school):
        connection = connection_of(visit.school, found.app_id)
    shown: dict[str, Any] = shown_own_report(visit, found, notes_of_trouble(found), connection)
    form.fields["text"].label = "Say why it is not solved" if shown["is_settled"] else "Say more"
    context = {"shell": shell(visit, Place.PARTNER_APPS), "form": form, **shown}
    return render(request, "partner_apps/trouble_report.html", context)
