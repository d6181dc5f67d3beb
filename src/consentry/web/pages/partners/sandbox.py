"""A company's sandbox: how far it is, where it is, and what is in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails

from consentry.rules.company_life import CompanyState
from consentry.rules.company_roles import CompanyAct
from consentry.web.addresses import absolute
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.pages.partners.frame import Place, company_shell
from consentry.workflows.open_sandbox import PUPILS, progress_of


@answers(*LOOKING)
@at_company
def sandbox(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """While it is being made, the page asks again every two seconds, and loads anew when it is there.

    Without scripts the reader does.
    """
    progress = progress_of(visit.company)
    site = visit.company.sandbox
    context = {
        "shell": company_shell(visit, Place.SANDBOX),
        "progress": {
            "done": progress.done,
            "total": progress.total,
            "sentence": f"{progress.doing}: {progress.done} of {progress.total} steps done.",
        },
        "is_declined": visit.company.state == CompanyState.DECLINED,
        "site": {
            "name": site.name,
            "slug": site.slug,
            "url": reverse("home", args=[site.slug]),
            "apps_url": reverse("partner-apps", args=[site.slug, "approved"]),
            "base_url": absolute(f"/{site.slug}/rest-v2"),
        }
        if site
        else None,
        "may_enter": visit.may(CompanyAct.BUILD),
        "pupils": PUPILS,
        "here_url": request.path,
    }
    if not HtmxDetails(request):
        return render(request, "partners/sandbox.html", context)
    return render(request, "partners/sandbox.html#state", context) if site is None else HttpResponseClientRefresh()
