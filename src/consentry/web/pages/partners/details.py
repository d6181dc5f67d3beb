"""What a company says of itself, and changing it."""

from dataclasses import fields

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consentry.partners.actions.change_company import change_company
from consentry.partners.company_details import CompanyDetails
from consentry.rules.company_life import CompanyState
from consentry.rules.company_roles import CompanyAct
from consentry.web.addresses import safe_link
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.forms.partners.joining import CompanyForm
from consentry.web.pages.partners.acting import Doing, act
from consentry.web.pages.partners.frame import Place, company_shell

_LABELS = {
    "name": "Name",
    "website": "Website",
    "contact_name": "Who schools contact",
    "contact_email": "Email for schools",
    "protection_contact_name": "Data protection contact",
    "protection_contact_email": "Email for data protection",
    "privacy_notice": "Privacy notice",
    "processing_agreement": "Data processing agreement",
}


@answers(*LOOKING)
@at_company
def details(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """For every member; who may not change it is told who may."""
    said = [(label, str(getattr(visit.company, name))) for name, label in _LABELS.items()]
    rows = [
        {"label": label, "text": text or "Not said yet", "url": safe_link(text), "when": None, "detail": ""}
        for label, text in [*said, ("With the operator", CompanyState(visit.company.state).label)]
    ]
    context = {
        "shell": company_shell(visit, Place.DETAILS),
        "rows": rows,
        "edit_url": reverse("company-details-edit", args=[visit.company.id])
        if visit.may(CompanyAct.ADMINISTER)
        else "",
        "lacks": visit.lacks(CompanyAct.ADMINISTER),
    }
    return render(request, "partners/details.html", context)


@answers(*LOOKING, "POST")
@at_company
def edit(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """The form with what it says now; POST saves it."""
    now = CompanyDetails(**{each.name: getattr(visit.company, each.name) for each in fields(CompanyDetails)})
    form = CompanyForm(request.POST) if request.method == "POST" else CompanyForm.showing(now)

    def save() -> object:
        return change_company(form.details(), by=visit.member, at=visit.at)

    doing = Doing(
        "Edit company details", "Save", "Saved. Schools are shown it from now on.",
        ("Company details", reverse("company-details", args=[visit.company.id])), save, CompanyAct.ADMINISTER,
        place=Place.DETAILS, form=form,
    )  # fmt: skip
    return act(request, visit, doing)
