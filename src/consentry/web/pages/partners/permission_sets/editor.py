"""The draft of an app's next version: its rows, the catalogue to choose from, one row at a time."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from consentry.partners.actions.discard_draft import discard_draft
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.actions.save_draft import save_draft
from consentry.partners.queries.drafts import DraftChangedError, Drafted, app_of, drafted
from consentry.records.catalogue import catalogue
from consentry.rules.catalogue import DataType
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.forms.permission_set import RowForm, SeenForm, initial_of, looked_for
from consentry.web.pages.partners.frame import Place, company_shell
from consentry.web.sentences import sentence
from consentry.web.shown.permission_set import about, shown_catalogue, shown_draft

NOT_SAID = "The form did not say which draft it is about. Open the page again."


def found(visit: CompanyVisit, app: int) -> Drafted:
    """The company's app with its draft. Raises App.DoesNotExist, which is a 404, for another company's too."""
    return drafted(app_of(visit.company, app))


def context(visit: CompanyVisit, draft: Drafted, tab: str) -> dict[str, Any]:
    """What every page of a permission set shows."""
    return {"shell": company_shell(visit, Place.APPS), "set": about(visit, draft, tab=tab)}


def changed_meanwhile(app: str, by: str) -> dict[str, Any]:
    """The banner for who saves or publishes second."""
    who = f"{by} saved or published" if by else "Somebody saved or published"
    return {
        "tone": "error",
        "title": "The draft changed meanwhile",
        "text": f"{who} what {app} asks for since you opened this page. Nothing of yours was saved, and nothing is "
        "lost: it stands below as you left it. Look at the draft in another tab, then press the button again.",
        "link": None,
    }


@answers(*LOOKING)
@at_company
def editor(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """The rows of the draft, and the catalogue to add from; for htmx what the search found."""
    draft = found(visit, app)
    shown = {"catalogue": shown_catalogue(visit, draft, catalogue(), looked_for(request.GET.dict()))}
    htmx = HtmxDetails(request)
    if htmx and not htmx.history_restore_request:
        return render(request, "partners/permission_sets/editor.html#found", context(visit, draft, "Draft") | shown)
    return _page(request, visit, draft, shown)


def _page(
    request: HttpRequest, visit: CompanyVisit, draft: Drafted, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    shown = context(visit, draft, "Draft") | {"draft": shown_draft(visit, draft)} | more
    return render(request, "partners/permission_sets/editor.html", shown, status=status)


@answers(*LOOKING, "POST")
@at_company
def row(request: HttpRequest, visit: CompanyVisit, app: int, data_type: str) -> HttpResponse:
    """One data type: what is asked of it, or is to be."""
    visit.require(CompanyAct.BUILD)
    draft, known = found(visit, app), _known(data_type)
    provider = draft.app.kind == "data_provider"
    if request.method != "POST":
        seen = {"edition": draft.seen.edition, "version": draft.seen.version}
        initial = initial_of(draft.row(data_type)) | seen
        return _row_page(request, visit, draft, RowForm(known, initial=initial, is_provider=provider))
    form = RowForm(known, request.POST, is_provider=provider)
    if not form.is_valid():
        if {"edition", "version"} & form.errors.keys():
            raise BadRequest(NOT_SAID)
        return _row_page(request, visit, draft, form)
    others = [each for each in draft.rows if each.data_type != data_type]
    try:
        save_draft(draft.app, [*others, form.row()], form.seen(), by=visit.member, at=visit.at)
    except DraftChangedError as changed:
        return _row_changed(request, visit, draft, known, changed)
    except InvalidError as refused:
        form.add_error(None, f"{refused.field}: {sentence(refused)}")
        return _row_page(request, visit, draft, form)
    messages.success(request, f"{known.plural} saved to the draft. Schools see it once you publish.")
    return HttpResponseRedirect(reverse("permission-set", args=[visit.company.id, app]), status=303)


def _row_changed(
    request: HttpRequest, visit: CompanyVisit, draft: Drafted, known: DataType, changed: DraftChangedError
) -> HttpResponse:
    """The same form with all that was typed, about the draft as it is now, so that the next press saves it."""
    typed = request.POST.copy()
    typed["edition"], typed["version"] = str(draft.seen.edition), str(draft.seen.version)
    form = RowForm(known, typed, is_provider=draft.app.kind == "data_provider")
    return _row_page(request, visit, draft, form, changed_meanwhile(draft.app.name, changed.by))


def _row_page(
    request: HttpRequest, visit: CompanyVisit, draft: Drafted, form: RowForm, banner: dict[str, Any] | None = None
) -> HttpResponse:
    shown = context(visit, draft, "Draft") | {
        "form": form,
        "data_type": form.data_type.plural,
        "special": len(form.data_type.special_fields),
        "is_there": draft.row(form.data_type.name) is not None,
        "banners": [banner] if banner else [],
    }
    return render(request, "partners/permission_sets/row.html", shown, status=409 if banner else 200)


def _known(name: str) -> DataType:
    data_type = catalogue().get(name)
    if data_type is None:
        raise Http404
    return data_type


@answers("POST")
@at_company
def remove_row(request: HttpRequest, visit: CompanyVisit, app: int, data_type: str) -> HttpResponse:
    """The draft asks for this data type no longer."""
    visit.require(CompanyAct.BUILD)
    draft, form = found(visit, app), SeenForm(request.POST)
    if not form.is_valid():
        raise BadRequest(NOT_SAID)
    others = [each for each in draft.rows if each.data_type != data_type]
    if len(others) == len(draft.rows):
        raise Http404
    return _saved(request, visit, draft, others, form)


def _saved(
    request: HttpRequest, visit: CompanyVisit, draft: Drafted, rows: list[AskedRow], form: SeenForm
) -> HttpResponse:
    try:
        save_draft(draft.app, rows, form.seen(), by=visit.member, at=visit.at)
    except DraftChangedError as changed:
        more = {"catalogue": shown_catalogue(visit, draft, catalogue(), "")}
        banner = changed_meanwhile(draft.app.name, changed.by)
        return _page(request, visit, draft, more | {"banners": [banner]}, status=409)
    messages.success(request, "Taken out of the draft. Schools see it once you publish.")
    return HttpResponseRedirect(reverse("permission-set", args=[visit.company.id, draft.app.id]), status=303)


@answers(*LOOKING, "POST")
@at_company
def discard(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """Drop what was drafted, having read what goes."""
    visit.require(CompanyAct.BUILD)
    draft = found(visit, app)
    seen = {"edition": draft.seen.edition, "version": draft.seen.version}
    if request.method != "POST":
        shown = context(visit, draft, "Draft") | {"form": SeenForm(initial=seen), "banners": []}
        return render(request, "partners/permission_sets/discard.html", shown)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise BadRequest(NOT_SAID)
    try:
        discard_draft(draft.app, form.seen(), by=visit.member, at=visit.at)
    except DraftChangedError as changed:
        banner = changed_meanwhile(draft.app.name, changed.by)
        shown = context(visit, draft, "Draft") | {"form": SeenForm(initial=seen), "banners": [banner]}
        return render(request, "partners/permission_sets/discard.html", shown, status=409)
    messages.success(request, "The draft was dropped.")
    return HttpResponseRedirect(reverse("permission-set", args=[visit.company.id, app]), status=303)
