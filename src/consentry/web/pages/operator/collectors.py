"""Collectors at the operator's desk: the list, the page of one, its schools, and the form that changes it."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from consentry.partners.queries.listing import Wanted
from consentry.returns.actions.change_collector import WouldEndConsentError, change_collector
from consentry.returns.actions.end_consents import end_consents
from consentry.returns.models import Collector
from consentry.returns.queries.collectors import collector_by_slug
from consentry.returns.queries.standings import Numbers, all_schools, at_stake, list_schools, standings
from consentry.rules.invalid import InvalidError
from consentry.rules.submission_life import SubmissionState
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.operator.collectors import SCHOOLS, CollectorForm
from consentry.web.pages.operator.acts import sent
from consentry.web.pages.operator.frame import Place, desk_shell
from consentry.web.sentences import counted, sentence
from consentry.web.shown.operator.collector import shown_collector, shown_form
from consentry.web.shown.operator.collectors import schools_table, shown_collectors, shown_schools

AT_ONCE = 200
"""How many schools' consents are ended while a person waits; the worker ends the others within minutes."""

_FAILED = Wanted("when", descending=True, chosen={"today": SubmissionState.FAILED.value})
_FIRST_FEW = 5


@answers(*LOOKING)
@at_desk
def collectors(request: HttpRequest, visit: DeskVisit) -> HttpResponse:
    """All collectors, with today's numbers."""
    shown = shown_collectors(visit, standings(timezone.localdate(visit.at)))
    context = {"shell": desk_shell(visit, Place.COLLECTORS), "listing": shown}
    return render(request, "operator/collectors.html", context)


@answers(*LOOKING)
@at_desk
def collector(request: HttpRequest, visit: DeskVisit, collector: str) -> HttpResponse:
    """One collector: what it asks for, how it stands today, what failed."""
    found, today = found_at_desk(collector), timezone.localdate(visit.at)
    numbers = next((held for each, held in standings(today) if each.id == found.id), Numbers())
    failing = list_schools(found, today, _FAILED).rows[:_FIRST_FEW]
    shown = shown_collector(visit, found, numbers, failing)
    return render(request, "operator/collector.html", {"shell": desk_shell(visit, Place.COLLECTORS), **shown})


@answers(*LOOKING)
@at_desk
def schools(request: HttpRequest, visit: DeskVisit, collector: str) -> HttpResponse:
    """The schools that consent to it, or are sent to it today: searched, filtered, sorted, a page at a time."""
    found, wanted = found_at_desk(collector), wanted_of(request.GET.dict(), SCHOOLS)
    page = list_schools(found, timezone.localdate(visit.at), wanted)
    context = {
        "shell": desk_shell(visit, Place.COLLECTORS),
        "collector": {"name": found.name, "url": reverse("desk-collector", args=[found.slug])},
        "listing": shown_schools(visit, found, wanted, page),
    }
    return render(request, "operator/collector_schools.html", context)


@answers(*LOOKING)
@at_desk
def schools_file(request: HttpRequest, visit: DeskVisit, collector: str, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    found, wanted = found_at_desk(collector), wanted_of(request.GET.dict(), SCHOOLS)
    rows = all_schools(found, timezone.localdate(visit.at), wanted)
    return file_answer(kind, schools_table(rows), f"{found.slug}-schools", visit.at)


@answers(*LOOKING, "POST")
@at_desk
def edit(request: HttpRequest, visit: DeskVisit, collector: str) -> HttpResponse:
    """How it is to be. Where it would ask for more, it says first what that ends."""
    found = found_at_desk(collector)
    form = CollectorForm(sent(request), collector=found)
    ways: tuple[str, ...] = ()
    if form.is_valid():
        try:
            changed = _change(visit, found, form)
        except WouldEndConsentError as would:
            ways = would.ways
            form.add_error("anyway", "Say that the consent of schools may end, or ask for no more than before.")
        except InvalidError as refused:
            shown = {field.name for field in form.visible_fields()}
            form.add_error(refused.field if refused.field in shown else None, sentence(refused))
        else:
            messages.success(request, _said(changed, visit))
            return HttpResponseRedirect(reverse("desk-collector", args=[found.slug]), status=303)
    context = {"shell": desk_shell(visit, Place.COLLECTORS), **shown_form(form, found, ways, at_stake(found))}
    return render(request, "operator/collector_edit.html", context)


def _change(visit: DeskVisit, found: Collector, form: CollectorForm) -> Collector:
    return change_collector(
        found.id,
        form.details(),
        seen=form.cleaned_data["seen"],
        may_end_consent=form.cleaned_data["anyway"],
        by=visit.actor,
        at=visit.at,
    )


def _said(changed: Collector, visit: DeskVisit) -> str:
    """What became of it, once the consents that are over are ended, as many as a person can wait for."""
    ended = end_consents(at=visit.at, most=AT_ONCE)
    return told_of_ends(f"{changed.name} is changed.", ended, at_stake(changed).consents if ended == AT_ONCE else 0)


def told_of_ends(done: str, ended: int, left: int) -> str:
    """A sentence about the consents that were ended, and those that the worker ends within minutes."""
    schools = f" {counted(ended, 'consent is', 'consents are')} ended, and the schools told." if ended else ""
    return done + schools + (" The others follow within minutes; nothing is sent of them." if left else "")


def found_at_desk(slug: str) -> Collector:
    """The collector of this name in addresses. Raises Http404."""
    try:
        return collector_by_slug(slug)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
