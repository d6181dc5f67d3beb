"""A company's apps, and adding one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consentry.partners.actions.add_own_app import add_own_app
from consentry.partners.models import App
from consentry.partners.queries.company_lists import all_own_apps, list_own_apps
from consentry.rules.company_roles import CompanyAct
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.partners.app import NewAppForm
from consentry.web.forms.partners.lists import APPS
from consentry.web.pages.partners.acting import Doing, act
from consentry.web.pages.partners.frame import Place, company_shell
from consentry.web.shown.partners.apps import app_table, shown_app_list


@answers(*LOOKING)
@at_company
def apps(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """All of them, searched, filtered, sorted, a page at a time."""
    wanted = wanted_of(request.GET.dict(), APPS)
    context = {
        "shell": company_shell(visit, Place.APPS),
        "listing": shown_app_list(visit, wanted, list_own_apps(visit.company, wanted)),
        "new_app_url": reverse("company-app-new", args=[visit.company.id]) if visit.may(CompanyAct.BUILD) else "",
        "lacks": "" if visit.may(CompanyAct.BUILD) else visit.lacks(CompanyAct.BUILD),
    }
    return render(request, "partners/apps.html", context)


@answers(*LOOKING)
@at_company
def apps_file(request: HttpRequest, visit: CompanyVisit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    rows = all_own_apps(visit.company, wanted_of(request.GET.dict(), APPS))
    return file_answer(kind, app_table(rows), "apps", visit.at)


@answers(*LOOKING, "POST")
@at_company
def new_app(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """The form; POST adds the app and leads to it."""
    form = NewAppForm(request.POST if request.method == "POST" else None)
    added: list[App] = []

    def add() -> None:
        added.append(add_own_app(form.details(), form.cleaned_data["kind"], by=visit.member, at=visit.at))

    doing = Doing(
        "Add an app", "Add the app", "The app is there. Issue a secret, and say what it asks of schools.",
        ("Apps", reverse("company-apps", args=[visit.company.id])), add, CompanyAct.BUILD,
        ("It works at your sandbox at once. Schools see it when the operator has accepted it and made it live.",),
        form=form, then=lambda: reverse("company-app", args=[visit.company.id, added[0].id]),
    )  # fmt: skip
    return act(request, visit, doing)
