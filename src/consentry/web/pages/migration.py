"""School > From dummy to live: what a wipe takes and leaves, the wipe itself, and what was found again after it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.connections.queries.wipe_news import connected_apps, told_apps
from consentry.records.queries.unmatched import all_unmatched, unmatched_page
from consentry.records.queries.wipes import count_records, found_again, last_wipe, wiped_by
from consentry.rules.going_live import WipeRefusedError
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.unmatched import wanted_unmatched
from consentry.web.forms.wipe import WipeForm
from consentry.web.shell import Place, shell
from consentry.web.shown.migration import said_wiped, shown_before, shown_since
from consentry.web.shown.unmatched import shown_unmatched, unmatched_table
from consentry.web.visit import Visit, at_site
from consentry.workflows.wipe_dummy_site import wipe_dummy_site


@answers(*LOOKING, "POST")
@at_site
def migration(request: HttpRequest, visit: Visit) -> HttpResponse:
    """At a dummy site the wipe, at one that was wiped what came of it; POST wipes."""
    visit.require(Page.MIGRATION)
    if request.method != "POST":
        return _page(request, visit, WipeForm())
    form = WipeForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, form)
    try:
        wiped = wipe_dummy_site(visit.site, form.order(), by=visit.account, at=visit.at)
    except InvalidError as invalid:
        form.add_error(invalid.field, f"{invalid.reason[:1].upper()}{invalid.reason[1:]}.")
        return _page(request, visit, form)
    except WipeRefusedError as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("migration", args=[visit.site.slug]), status=303)
    except NotPermittedError as lost:  # taken away between opening the page and pressing the button
        raise PermissionDenied(visit.lacks(Page.MIGRATION, lost.missing)) from lost
    messages.success(request, said_wiped(visit.site.name, wiped))
    return HttpResponseRedirect(reverse("migration", args=[visit.site.slug]), status=303)


def _page(request: HttpRequest, visit: Visit, form: WipeForm) -> HttpResponse:
    around = shell(visit, Place.MIGRATION)
    with reading(visit.school):
        wipe = last_wipe(visit.school)
        if wipe is None and not visit.site.is_dummy:
            raise Http404
        since = None
        if wipe is not None:
            told = told_apps(visit.school, wipe.number)
            since = shown_since(visit, wipe, found_again(wipe), told, by=wiped_by(wipe))
        before = None
        if visit.site.is_dummy:
            before = shown_before(visit.site, count_records(visit.school), connected_apps(visit.school))
    context = {"shell": around, "form": form, "since": since, "before": before}
    return render(request, "migration/page.html", context)


@answers(*LOOKING)
@at_site
def unmatched(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was not found again of the last wipe, a page at a time."""
    visit.require(Page.MIGRATION)
    wanted = wanted_unmatched(request.GET.dict())
    around = shell(visit, Place.MIGRATION)
    with reading(visit.school):
        wipe = last_wipe(visit.school)
        if wipe is None:
            raise Http404
        shown = shown_unmatched(visit, wanted, unmatched_page(wipe, wanted.data_type, wanted.page), found_again(wipe))
    return render(request, "migration/unmatched.html", {"shell": around, "listing": shown})


@answers(*LOOKING)
@at_site
def unmatched_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same as a file, all pages of it."""
    visit.require(Page.MIGRATION)
    wanted = wanted_unmatched(request.GET.dict())
    with reading(visit.school):
        wipe = last_wipe(visit.school)
        if wipe is None:
            raise Http404
        table = unmatched_table(all_unmatched(wipe, wanted.data_type))
        return file_answer(kind, table, f"{visit.site.slug}-not-matched", visit.at)
