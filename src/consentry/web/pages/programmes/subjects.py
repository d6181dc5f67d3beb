"""Adding a subject to the school's list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.records.actions.add_subject import add_subject
from consentry.records.writing.turn import TurnTakenError
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.forms.programmes.one import SubjectForm
from consentry.web.pages.programmes.carry_out import BUSY
from consentry.web.shell import Place, shell
from consentry.web.visit import Visit, at_site


@answers(*LOOKING, "POST")
@at_site
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form for a subject that the list lacks. POST adds it."""
    visit.require(Page.PROGRAMMES)
    if request.method != "POST":
        return _page(request, visit, SubjectForm())
    form = SubjectForm(request.POST)
    if not form.is_valid() or not _added(visit, form):
        return _page(request, visit, form)
    messages.success(request, f"{form.cleaned_data['name']} is in the school’s list of subjects now.")
    return HttpResponseRedirect(reverse("courses", args=[visit.site.slug]), status=303)


def _added(visit: Visit, form: SubjectForm) -> bool:
    def act() -> object:
        return add_subject(visit.site, form.cleaned_data["name"], by=visit.account, at=visit.at)

    try:
        return carried_out(visit, Page.PROGRAMMES, form, act)
    except TurnTakenError:
        form.add_error(None, BUSY)
        return False


def _page(request: HttpRequest, visit: Visit, form: SubjectForm) -> HttpResponse:
    back = reverse("courses", args=[visit.site.slug])
    context = {"shell": shell(visit, Place.COURSES), "form": form, "back_url": back}
    return render(request, "programmes/add_subject.html", context, status=422 if form.errors else 200)
