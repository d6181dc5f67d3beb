"""Problems that schools reported with a company's apps: the list, its files, and the page of one with the answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.partners.actions.answer_trouble import answer_trouble
from consentry.partners.models import TroubleReport
from consentry.partners.queries.troubles import all_troubles, list_troubles, notes_of_trouble, trouble_with
from consentry.rules.company_roles import CompanyAct
from consentry.rules.trouble_life import TroubleRefusedError, TroubleState
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out_for_company import carried_out_for_company
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.trouble import CompanyAnswerForm
from consentry.web.forms.troubles_query import TROUBLES
from consentry.web.pages.partners.frame import Place, company_shell
from consentry.web.shown.partners.troubles import shown_company_troubles
from consentry.web.shown.trouble_report import shown_report, troubles_table


@answers(*LOOKING)
@at_company
def troubles(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """For every member: which schools report a problem with which app, and how each stands."""
    wanted = wanted_of(request.GET.dict(), TROUBLES)
    shown = shown_company_troubles(visit, wanted, list_troubles(wanted, visit.company))
    context = {"shell": company_shell(visit, Place.TROUBLES), "listing": shown}
    return render(request, "partners/troubles.html", context)


@answers(*LOOKING)
@at_company
def troubles_file(request: HttpRequest, visit: CompanyVisit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    rows = all_troubles(wanted_of(request.GET.dict(), TROUBLES), visit.company)
    return file_answer(kind, troubles_table(rows), "reported-problems", visit.at)


@answers(*LOOKING)
@at_company
def trouble(request: HttpRequest, visit: CompanyVisit, report: int) -> HttpResponse:
    """What the school says, the facts that went with it, and what was said since."""
    found = trouble_with(report, company=visit.company)
    return _page(request, visit, found, CompanyAnswerForm())


@answers(*LOOKING, "POST")
@at_company
def answer(request: HttpRequest, visit: CompanyVisit, report: int) -> HttpResponse:
    """Answer the school, and settle the report where the problem is solved."""
    found = trouble_with(report, company=visit.company)
    back = HttpResponseRedirect(reverse("company-trouble", args=[visit.company.id, report]), status=303)
    if request.method != "POST":
        return back
    visit.require(CompanyAct.ANSWER)
    form = CompanyAnswerForm(request.POST)

    def do() -> object:
        said = form.cleaned_data
        return answer_trouble(report, said["text"], settles=said["settles"], by=visit.member, at=visit.at)

    try:
        if not form.is_valid() or not carried_out_for_company(form, do):
            return _page(request, visit, found, form)
    except TroubleRefusedError as refused:
        messages.error(request, f"Nothing was changed: the report stands at “{refused.state.label}” now.")
    else:
        messages.success(request, f"{found.school.name} is told, in the site and by email.")
    return back


def _page(request: HttpRequest, visit: CompanyVisit, report: TroubleReport, form: CompanyAnswerForm) -> HttpResponse:
    may = visit.may(CompanyAct.ANSWER)
    context = {
        "shell": company_shell(visit, Place.TROUBLES),
        "trouble": shown_report(report, notes_of_trouble(report), visit.at),
        "form": form,
        "answer_url": reverse("company-trouble-answer", args=[visit.company.id, report.id]) if may else "",
        "is_settled": report.state == TroubleState.SETTLED,
        "lacks": "" if may else visit.lacks(CompanyAct.ANSWER),
        "back_url": reverse("company-troubles", args=[visit.company.id]),
    }
    return render(request, "partners/trouble.html", context)
