"""What publishing a draft means, publishing it, and how far schools have come since."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.connections.queries.what_is_asked import asked_of_rows, what_is_asked
from consentry.connections.queries.who_would_follow import effect_of, following
from consentry.partners.queries.drafts import DraftChangedError, Drafted, versions_of
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.forms.permission_set import PublishForm, compared
from consentry.web.pages.partners.permission_sets.editor import NOT_SAID, changed_meanwhile, context, found
from consentry.web.sentences import moment, sentence
from consentry.web.shown.permission_set import effect_sentences, shown_changes, shown_difference, shown_following
from consentry.workflows.publish_permission_set import publish_drafted


@answers(*LOOKING, "POST")
@at_company
def publish(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """What the draft changes, what that means at each site, and the button. POST publishes what was seen."""
    visit.require(CompanyAct.PUBLISH)
    draft = found(visit, app)
    if request.method != "POST":
        initial = {"edition": draft.seen.edition, "version": draft.seen.version}
        return _page(request, visit, draft, PublishForm(initial=initial))
    form = PublishForm(request.POST)
    if not form.is_valid():
        if {"edition", "version"} & form.errors.keys():
            raise BadRequest(NOT_SAID)
        return _page(request, visit, draft, form)
    try:
        done = publish_drafted(draft.app, form.seen(), note=form.cleaned_data["note"], by=visit.member, at=visit.at)
    except DraftChangedError as changed:
        return _changed(request, visit, draft, changed)
    except InvalidError as refused:
        form.add_error("note" if refused.field == "note" else None, _words(refused))
        return _page(request, visit, draft, form)
    messages.success(
        request, f"Version {done.version.number} of what {draft.app.name} asks for is published, for good."
    )
    return HttpResponseRedirect(reverse("permission-set-versions", args=[visit.company.id, app]), status=303)


def _words(refused: InvalidError) -> str:
    return sentence(refused) if refused.field in {"note", "rows"} else f"{refused.field}: {refused.reason}."


def _changed(request: HttpRequest, visit: CompanyVisit, draft: Drafted, changed: DraftChangedError) -> HttpResponse:
    typed = request.POST.copy()
    typed["edition"], typed["version"] = str(draft.seen.edition), str(draft.seen.version)
    return _page(request, visit, draft, PublishForm(typed), changed_meanwhile(draft.app.name, changed.by))


def _page(
    request: HttpRequest, visit: CompanyVisit, draft: Drafted, form: PublishForm, banner: dict[str, Any] | None = None
) -> HttpResponse:
    effect = effect_of(draft.app, asked_of_rows(draft.rows))
    shown = context(visit, draft, "Draft") | {
        "form": form,
        "number": draft.seen.version + 1,
        "changes": shown_changes(draft.published, draft.rows),
        "effect": effect_sentences(effect, draft.seen.version + 1),
        "banners": [banner] if banner else [],
    }
    return render(request, "partners/permission_sets/publish.html", shown, status=409 if banner else 200)


@answers(*LOOKING)
@at_company
def versions(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """Every version, how two of them differ, and how far the newest has come."""
    draft = found(visit, app)
    all_versions = versions_of(draft.app)
    ids = {each.number: each.id for each in all_versions}
    before, after = compared(request.GET.dict(), list(ids))
    asked = what_is_asked([ids[number] for number in (before, after) if number in ids])
    sides = [asked.get(ids.get(number, 0), ()) for number in (before, after)]
    shown = context(visit, draft, "Versions") | {
        "versions": [
            {"number": each.number, "note": each.note, "when": moment(each.published_at, visit.at)}
            for each in all_versions
        ],
        "numbers": list(ids),
        "before": before,
        "after": after,
        "changes": shown_difference(sides[0], sides[1]),
        "following": shown_following(visit, draft, following(draft.app, draft.seen.version)) if ids else None,
    }
    return render(request, "partners/permission_sets/versions.html", shown)


@answers(*LOOKING)
@at_company
def follow_row(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """How far the newest version has come: a row that htmx asks for again until all follow."""
    draft = found(visit, app)
    shown = {"following": shown_following(visit, draft, following(draft.app, draft.seen.version))}
    return render(request, "partners/permission_sets/versions.html#following", shown)
