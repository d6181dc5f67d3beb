"""A company's first page: where it stands, its apps, and what waits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consentry.partners.models import App
from consentry.partners.queries.own_apps import apps_of_company
from consentry.partners.queries.troubles import count_open
from consentry.rules.app_life import AppStage
from consentry.rules.company_life import CompanyState, Declined
from consentry.rules.company_roles import CompanyAct
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.pages.partners.frame import Place, company_shell
from consentry.web.sentences import counted
from consentry.web.shown.partners.apps import shown_apps
from consentry.workflows.open_sandbox import progress_of


@answers(*LOOKING)
@at_company
def overview(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """For every member."""
    apps = list(apps_of_company(visit.company))
    progress = progress_of(visit.company)
    context = {
        "shell": company_shell(visit, Place.OVERVIEW),
        "standing": _standing(visit),
        "apps": shown_apps(apps),
        "waits": _waits(visit, apps, sandbox_ready=progress.is_ready),
        "role": visit.role.label,
        "new_app_url": reverse("company-app-new", args=[visit.company.id]) if visit.may(CompanyAct.BUILD) else "",
    }
    return render(request, "partners/overview.html", context)


def _standing(visit: CompanyVisit) -> dict[str, str]:
    company = visit.company
    if company.state == CompanyState.WAITING:
        return {
            "tone": "notice",
            "title": "The operator has not looked at your company yet",
            "text": "Build against your sandbox meanwhile. Live schools can connect your apps once the operator has "
            "accepted the company and the app.",
        }
    if company.state == CompanyState.DECLINED:
        reason = Declined(company.declined_for).label if company.declined_for else "The operator declined it"
        return {
            "tone": "warning",
            "title": "The operator has declined your company",
            "text": f"{reason}. {company.state_note}".strip(),
        }
    return {}


def _waits(visit: CompanyVisit, apps: list[App], *, sandbox_ready: bool) -> list[dict[str, Any]]:
    """What somebody of the company does next, each with where."""
    number = visit.company.id
    waits = []
    if not sandbox_ready and visit.company.state != CompanyState.DECLINED:
        waits.append(("Your sandbox is being made", reverse("company-sandbox", args=[number])))
    if not visit.company.processing_agreement:
        waits.append(
            ("Say where schools read your data processing agreement", reverse("company-details", args=[number]))
        )
    if not apps:
        waits.append(("Add your first app", reverse("company-app-new", args=[number])))
    if reported := count_open(visit.company):
        said = counted(reported, "school waits for your answer", "reports of schools wait for your answer")
        waits.insert(0, (said, reverse("company-troubles", args=[number]) + "?state=open"))
    for app in apps:
        url = reverse("company-app", args=[number, app.id])
        if app.stage == AppStage.DECLINED:
            waits.append((f"{app.name} was declined: read why", url))
        if not app.countries or not app.retention:
            waits.append((f"{app.name}: say where data goes and how long it is kept", url))
    return [{"label": label, "url": url} for label, url in waits]
