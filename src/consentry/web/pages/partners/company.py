"""A company's first page: where it stands, its apps, and what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.pages.partners.frame import Place, company_shell


@answers(*LOOKING)
@at_company
def overview(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """For every member."""
    return render(request, "partners/overview.html", {"shell": company_shell(visit, Place.OVERVIEW)})
