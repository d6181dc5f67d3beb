"""One app of a company: what it says of itself, where it stands, its logo, and the schools that it asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consentry.partners.actions.change_app import change_app
from consentry.partners.actions.set_logo import set_logo
from consentry.partners.app_details import details_of_app
from consentry.partners.models import App
from consentry.partners.queries.apps import latest_version
from consentry.partners.queries.own_apps import own_app
from consentry.rules.company_roles import CompanyAct
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.forms.partners.app import AppForm, LogoForm
from consentry.web.pages.partners.acting import Doing, act
from consentry.web.pages.partners.frame import Place, company_shell
from consentry.web.shown.partners.app import app_facts, app_head, can_be_submitted, standing
from consentry.web.shown.partners.troubles import unsettled_of


def app_page(request: HttpRequest, visit: CompanyVisit, app: App, tab: str, **more: Any) -> HttpResponse:
    """One of the app's pages, by its tab."""
    context = {
        "shell": company_shell(visit, Place.APPS),
        "app": app_head(app, tab),
        "may_build": visit.may(CompanyAct.BUILD),
        "may_publish": visit.may(CompanyAct.PUBLISH),
        "lacks": "" if visit.may(CompanyAct.BUILD) else visit.lacks(CompanyAct.BUILD),
    }
    return render(request, f"partners/app_{_TEMPLATES[tab]}.html", context | more)


_TEMPLATES = {
    "About": "about",
    "Needs": "needs",
    "Secrets": "secrets",
    "Try it": "console",
    "Schools": "schools",
    "Behind it": "behind",
}


def _back(app: App) -> tuple[str, str]:
    return app.name, reverse("company-app", args=[app.company_id, app.id])


@answers(*LOOKING)
@at_company
def app(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """What it says of itself and where it stands."""
    found = own_app(visit.company, app)
    version = latest_version(found)
    args = [visit.company.id, found.id]
    acts = {
        "edit": reverse("company-app-edit", args=args),
        "logo": reverse("company-app-logo", args=args),
        "remove_logo": reverse("company-app-logo-remove", args=args) if app_head(found, "")["logo_url"] else "",
        "submit": reverse("company-app-submit", args=args) if version and can_be_submitted(found) else "",
        "sandbox": reverse("company-app-sandbox", args=args) if version and visit.company.sandbox_id else "",
        "asks": reverse("permission-set", args=args),
        "schools": reverse("company-app-schools", args=args) if found.is_live else "",
    }
    return app_page(
        request, visit, found, "About", acts=acts, facts=app_facts(found), description=found.description,
        standing=standing(visit, found, has_published=version is not None), version=version.number if version else 0,
        troubles=unsettled_of(found, visit.at),
    )  # fmt: skip


@answers(*LOOKING, "POST")
@at_company
def edit(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """The form with what it says now; POST saves it."""
    found = own_app(visit.company, app)
    form = AppForm(request.POST) if request.method == "POST" else AppForm.showing(details_of_app(found))

    def save() -> object:
        return change_app(found.id, form.details(), by=visit.member, at=visit.at)

    doing = Doing(
        f"Edit {found.name}", "Save", "Saved. Schools are shown it from now on.", _back(found), save, CompanyAct.BUILD,
        form=form,
    )  # fmt: skip
    return act(request, visit, doing)


@answers(*LOOKING, "POST")
@at_company
def logo(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """The form for a file; POST makes the picture in it the app's logo."""
    found = own_app(visit.company, app)
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()

    def save() -> object:
        return set_logo(found.id, form.content(), by=visit.member, at=visit.at)

    doing = Doing(
        f"Logo of {found.name}", "Use this logo", "The logo is in use, wherever the app is shown.", _back(found), save,
        CompanyAct.BUILD, ("Schools see it beside the app’s name.",), form=form,
    )  # fmt: skip
    return act(request, visit, doing)
