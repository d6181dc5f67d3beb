"""One page for whatever is done by a button: what will happen in words, a form if any, and the button that does it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from consentry.rules.company_roles import CompanyAct
from consentry.web.carrying_out_for_company import carried_out_for_company
from consentry.web.company_visit import CompanyVisit
from consentry.web.forms.user import NothingForm
from consentry.web.pages.partners.frame import Place, company_shell


@dataclass
class Doing:
    """An act on its way: its words, what it needs, how it is done, and where it leads back to."""

    heading: str
    label: str
    done: str
    back: tuple[str, str]
    do: Callable[[], object]
    needs: CompanyAct
    consequences: tuple[str, ...] = ()
    tone: str = "primary"
    place: Place = Place.APPS
    form: Form = field(default_factory=NothingForm)
    then: Callable[[], str] | None = None
    more: dict[str, Any] = field(default_factory=dict)
    template: str = "partners/act.html"


def act(request: HttpRequest, visit: CompanyVisit, doing: Doing) -> HttpResponse:
    """The page of an act; POST does it and leads back. Raises PermissionDenied for a role that does not cover it."""
    visit.require(doing.needs)
    form = doing.form if doing.form.fields or request.method != "POST" else NothingForm(request.POST)
    if request.method == "POST" and form.is_valid() and carried_out_for_company(form, doing.do):
        messages.success(request, doing.done)
        return HttpResponseRedirect(doing.then() if doing.then else doing.back[1], status=303)
    context = {
        "shell": company_shell(visit, doing.place),
        "heading": doing.heading,
        "consequences": doing.consequences,
        "form": form,
        "label": doing.label,
        "tone": doing.tone,
        "back": {"label": doing.back[0], "url": doing.back[1]},
        "has_file": form.is_multipart(),
    }
    return render(request, doing.template, context | doing.more)
