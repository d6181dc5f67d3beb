"""Companies at the operator's desk: the list, its files, and the page of one."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.partners.queries.companies import people_of
from consentry.partners.queries.desk_apps import apps_of
from consentry.partners.queries.desk_companies import all_companies, company_by_id, list_companies
from consentry.partners.queries.letters import letters_to
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.operator.lists import COMPANIES
from consentry.web.pages.operator.frame import Place, desk_shell
from consentry.web.shown.operator.companies import companies_table, shown_companies, shown_company


@answers(*LOOKING)
@at_desk
def companies(request: HttpRequest, visit: DeskVisit) -> HttpResponse:
    """All companies, searched, filtered, sorted, a page at a time."""
    wanted = wanted_of(request.GET.dict(), COMPANIES)
    shown = shown_companies(visit, wanted, list_companies(wanted))
    context = {"shell": desk_shell(visit, Place.COMPANIES), "listing": shown}
    return render(request, "operator/companies.html", context)


@answers(*LOOKING)
@at_desk
def companies_file(request: HttpRequest, visit: DeskVisit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    rows = all_companies(wanted_of(request.GET.dict(), COMPANIES))
    return file_answer(kind, companies_table(rows), "companies", visit.at)


@answers(*LOOKING)
@at_desk
def company(request: HttpRequest, visit: DeskVisit, company: int) -> HttpResponse:
    """One company: what it says of itself, its apps, its people, what it was told."""
    try:
        found = company_by_id(company)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    shown = shown_company(visit, found, apps_of(company), people_of(found), letters_to(company))
    return render(request, "operator/company.html", {"shell": desk_shell(visit, Place.COMPANIES), **shown})
