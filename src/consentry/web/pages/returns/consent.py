"""Giving and removing a school's consent to a collector."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from consentry.audit.reading import reading
from consentry.returns.actions.give_consent import give_consent
from consentry.returns.actions.remove_consent import remove_consent
from consentry.returns.models import Collector
from consentry.returns.queries.submissions import waiting_for
from consentry.rules.pages import Page
from consentry.schools.queries import calendar_of
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.forms.returns_consent import ConsentForm
from consentry.web.forms.user import NothingForm
from consentry.web.pages.returns.finding import collector_at, standing_at
from consentry.web.shell import Place, shell
from consentry.web.shown.returns.collector import shown_collector
from consentry.web.shown.returns.consent import shown_standing
from consentry.web.visit import Visit, at_site


@answers(*LOOKING, "POST")
@at_site
def consent(request: HttpRequest, visit: Visit, collector: str) -> HttpResponse:
    """What consent, or removing it, means; for everybody to read. POST gives it, to the version that was shown."""
    found = collector_at(visit, collector)
    if request.method != "POST":
        return _page(request, visit, found, NothingForm())
    form = ConsentForm(request.POST)

    def give() -> object:
        return give_consent(visit.site, found.id, version=form.cleaned_data["version"], by=visit.account, at=visit.at)

    said = f"Your school has given consent to {found.name}. The next sending takes place by itself."
    return _acted(request, visit, found, (form, give, said))


@answers(*LOOKING, "POST")
@at_site
def remove(request: HttpRequest, visit: Visit, collector: str) -> HttpResponse:
    """POST removes consent. The page of it is that of consent."""
    found = collector_at(visit, collector)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("returns-consent", args=[visit.site.slug, found.slug]), status=303)

    def take_back() -> None:
        remove_consent(visit.site, found, by=visit.account, at=visit.at)

    said = f"Your school’s consent to {found.name} is removed. Nothing is sent any more."
    return _acted(request, visit, found, (NothingForm(request.POST), take_back, said))


def _acted(
    request: HttpRequest, visit: Visit, collector: Collector, act: tuple[Form, Callable[[], object], str]
) -> HttpResponse:
    visit.require(Page.DATA_RETURNS)
    form, do, said = act
    if not form.is_valid() or not carried_out(visit, Page.DATA_RETURNS, form, do):
        return _page(request, visit, collector, form)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("returns", args=[visit.site.slug, collector.slug]), status=303)


def _page(request: HttpRequest, visit: Visit, collector: Collector, form: Form) -> HttpResponse:
    with reading(visit.school):
        calendar = calendar_of(visit.site)
        standing = standing_at(visit, collector)
        waits = waiting_for(visit.school, collector.id) is not None
    context = {
        "collector": {"name": collector.name, "recipient": collector.recipient, "version": collector.version},
        "about": shown_collector(collector, collector.scope.window.days(visit.today, calendar), calendar),
        "details_url": reverse("school-details", args=[visit.site.slug]),
        "today_url": reverse("returns-today", args=[visit.site.slug, collector.slug]),
        "remove_url": reverse("returns-consent-remove", args=[visit.site.slug, collector.slug]),
        "back_url": reverse("returns", args=[visit.site.slug, collector.slug]),
        "consent": shown_standing(visit, collector, standing),
        "waits": waits,
        "form": form,
    }
    htmx = HtmxDetails(request)
    if htmx and not htmx.history_restore_request:
        return render(request, "returns/consent.html#slide_over", context)
    context["shell"] = shell(visit, Place.RETURNS)
    return render(request, "returns/consent.html", context, status=422 if form.errors else 200)
