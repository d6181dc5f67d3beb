"""One registration form: its short name and its year group, each saved by itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.records.actions.link_forms_to_year_groups import link_forms_to_year_groups
from consentry.records.actions.set_form_short_names import set_form_short_names
from consentry.records.queries.forms import ListedForm, chosen_forms, year_group_choices
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.programmes.one import ChooseForm, ShortNameForm
from consentry.web.pages.programmes import forms, short_names
from consentry.web.pages.programmes.carry_out import Mend, NotMendedError, mended
from consentry.web.shell import Place, shell
from consentry.web.shown.programmes.preview import IMPORTS_OF_FORMS, Words, said_mended
from consentry.web.visit import Visit, at_site

_MENDS: dict[str, tuple[Mend, Words]] = {
    "name": (set_form_short_names, short_names.WORDS),
    "level": (link_forms_to_year_groups, forms.WORDS),
}
"""By the name of the form that is sent."""


@answers(*LOOKING, "POST")
@at_site
def registration_form(request: HttpRequest, visit: Visit, form: int) -> HttpResponse:
    """One registration form. POST sets its short name, or its year group."""
    visit.require_there(Page.PROGRAMMES)
    with reading(visit.school):
        found = chosen_forms(visit.school, [form], visit.today)
        levels = year_group_choices(visit.school, visit.today)
    if not found:
        raise Http404
    (one,) = found
    sent = request.POST.get("of", "") if request.method == "POST" else ""
    if sent not in _MENDS:
        return _page(request, visit, one, _forms(one, levels))
    visit.require(Page.PROGRAMMES)
    return _save(request, visit, one, levels, sent)


def _save(
    request: HttpRequest, visit: Visit, one: ListedForm, levels: list[tuple[int, str]], sent: str
) -> HttpResponse:
    mend, words = _MENDS[sent]
    all_forms = _forms(one, levels, {sent: request.POST.dict()})
    form = all_forms[sent]
    if not form.is_valid():
        return _page(request, visit, one, all_forms)
    try:
        done = mended(visit, mend, [form.planned(one.id)])
    except NotMendedError as why:
        form.add_error("short_name" if sent == "name" else "chosen", str(why))
        return _page(request, visit, one, all_forms)
    if done.moved:
        return _page(request, visit, one, _forms(one, levels), is_old=words.what)
    messages.success(request, said_mended(done, words, []))
    return HttpResponseRedirect(reverse("registration-form", args=[visit.site.slug, one.id]), status=303)


def _forms(
    one: ListedForm, levels: list[tuple[int, str]], data: dict[str, dict[str, str]] | None = None
) -> dict[str, Any]:
    said = data or {}
    level = (one.year_group_id, one.year_group)
    return {
        "name": ShortNameForm(said.get("name"), now=one.short_name),
        "level": ChooseForm(said.get("level"), label="Year group", none="No year group", choices=levels, now=level),
    }


def _page(
    request: HttpRequest, visit: Visit, one: ListedForm, both: dict[str, Any], *, is_old: str = ""
) -> HttpResponse:
    may = visit.may(Page.PROGRAMMES)
    said = [
        ("Short name", one.short_name or "None"),
        ("Year group", one.year_group or "None"),
    ]
    facts = [
        *([] if may else said),
        ("Tutors", ", ".join(one.tutors) or "None"),
        ("Pupils", str(one.pupils)),
    ]
    context = {
        "shell": shell(visit, Place.REGISTRATION_FORMS),
        "registration_form": one,
        "facts": [{"label": label, "text": text, "url": "", "when": None, "detail": ""} for label, text in facts],
        "forms": both,
        "wrong": next((each for each in both.values() if each.errors), None),
        "is_old": is_old,
        "may": may,
        "lacks": "" if may else visit.lacks(Page.PROGRAMMES),
        "imports": IMPORTS_OF_FORMS,
        "back_url": reverse("registration-forms", args=[visit.site.slug]),
    }
    status = 409 if is_old else 422 if context["wrong"] else 200
    return render(request, "programmes/form.html", context, status=status)
