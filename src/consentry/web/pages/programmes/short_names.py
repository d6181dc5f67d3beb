"""Short names of many registration forms: typed on one page, or taken from the forms' names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.records.actions.set_form_short_names import set_form_short_names
from consentry.records.mending import Planned
from consentry.records.queries.forms import ListedForm, chosen_forms, list_forms
from consentry.records.queries.programme_list import A_PAGE
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.desk_query import query_of, wanted_of
from consentry.web.forms.programmes.lists import FORMS, asked_of
from consentry.web.forms.programmes.plan import chosen
from consentry.web.forms.programmes.short_names import Typed, typed_rows
from consentry.web.pages.programmes.carry_out import carry_out
from consentry.web.pages.programmes.forms import address, chosen_rows
from consentry.web.shell import Place, shell
from consentry.web.shown.paging import paging
from consentry.web.shown.programmes.preview import IMPORTS_OF_FORMS, Draft, Words, shown_preview
from consentry.web.shown.programmes.short_names import Reasons, draft_of, refused, shown_rows
from consentry.web.visit import Visit, at_site

WORDS = Words(("registration form", "registration forms"), "short name", IMPORTS_OF_FORMS)
_NOTHING = "Nothing would change: type a short name, or tick forms and take their names."


@answers(*LOOKING, "POST")
@at_site
def short_names(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A field for each form of a page of the list. POST shows what would change, or what is wrong with it."""
    visit.require(Page.PROGRAMMES)
    if request.method != "POST":
        return _typing(request, visit)
    typed = typed_rows(request.POST)
    with reading(visit.school):
        rows = chosen_forms(visit.school, list(typed), visit.today)
        if request.POST.get("do") == "names":
            typed = _with_names(rows, typed)
        plan = [Planned(each.id, typed[each.id].seen or None, typed[each.id].text or None) for each in rows]
        kept, reasons = refused(visit.school, plan)
    draft = draft_of(rows, kept, reasons)
    if reasons or not (draft.steps or draft.left_out):
        return _typing(request, visit, rows, typed, reasons)
    return _previewed(request, visit, draft, "short-names")


def _with_names(rows: Iterable[ListedForm], typed: Mapping[int, Typed]) -> dict[int, Typed]:
    """What was typed, and the names of those that were ticked."""
    said = {each.id: typed[each.id] for each in rows}
    return {
        each.id: replace(said[each.id], text=each.name) if said[each.id].is_ticked else said[each.id] for each in rows
    }


def _typing(
    request: HttpRequest,
    visit: Visit,
    rows: Sequence[ListedForm] = (),
    typed: Mapping[int, Typed] | None = None,
    reasons: Reasons | None = None,
) -> HttpResponse:
    """The page on which they are typed: what was sent, else a page of the list."""
    here, wanted = reverse("short-names", args=[visit.site.slug]), wanted_of(request.GET.dict(), FORMS)
    pages = None
    if typed is None:
        with reading(visit.school):
            found = list_forms(visit.school, asked_of(wanted), visit.today)
        rows = found.rows
        pages = paging(
            found.number, found.total, A_PAGE, "registration form",
            lambda number: here + query_of(wanted, FORMS, page=str(number)),
        )  # fmt: skip
    context = {
        "shell": shell(visit, Place.REGISTRATION_FORMS),
        "rows": shown_rows(rows, typed or {}, reasons or {}),
        "pagination": pages,
        "wrong": "" if typed is None or reasons else _NOTHING,
        "has_errors": bool(reasons),
        "imports": IMPORTS_OF_FORMS,
        "action": here + query_of(wanted, FORMS, page=str(wanted.page)),
        "back_url": address(request, visit, "registration-forms"),
    }
    return render(request, "programmes/short_names.html", context, status=200 if typed is None else 422)


@answers(*LOOKING)
@at_site
def preview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What it would do to call the chosen forms by their names for short. Nothing is changed."""
    visit.require(Page.PROGRAMMES)
    with reading(visit.school):
        rows = chosen_rows(request, visit, chosen(request.GET))
        plan, reasons = _settled(visit, [Planned(each.id, each.short_name, each.name) for each in rows])
    return _previewed(request, visit, draft_of(rows, plan, reasons), "registration-forms")


def _settled(visit: Visit, wanted: Iterable[Planned]) -> tuple[tuple[Planned, ...], Reasons]:
    """The part of the plan that can be: what is left out keeps its short name, which may be in the way of another."""
    plan, reasons = refused(visit.school, wanted)
    while more := {each.id for each in plan} & reasons.keys():
        plan, again = refused(visit.school, [each for each in plan if each.id not in more])
        reasons |= again
    return plan, reasons


def _previewed(request: HttpRequest, visit: Visit, draft: Draft, back: str) -> HttpResponse:
    action, back = (address(request, visit, route) for route in ("short-names-save", back))
    shown = shown_preview(visit, draft, WORDS, action=action, back=back)
    context = {"shell": shell(visit, Place.REGISTRATION_FORMS), "preview": shown}
    return render(request, "programmes/preview.html", context)


@answers("POST")
@at_site
def save(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give the short names as the preview has shown them."""
    back = address(request, visit, "registration-forms")

    def names(ids: Sequence[int]) -> list[str]:
        with reading(visit.school):
            found = chosen_forms(visit.school, ids, visit.today)
        return [f"{each.name} (now {each.short_name or 'none'})" for each in found]

    return carry_out(request, visit, set_form_short_names, WORDS, names=names, back=back)
