"""What an app's sync needs of schools' records, as its company declares it, and how its sandbox stands with it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.partners.actions.declare_requirements import declare_requirements
from consentry.partners.queries.own_apps import own_app
from consentry.partners.queries.requirements import needs_of
from consentry.records.queries.readiness.counts import count_failing
from consentry.rules.company_roles import CompanyAct
from consentry.schools.queries import school_id
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.forms.partners.needs import NeedsForm
from consentry.web.pages.partners.acting import Doing, act
from consentry.web.pages.partners.app import app_page
from consentry.web.shown.readiness import shown_at_sandbox

_CONSEQUENCES = (
    "Tick what must hold, and say why in one line. Schools see each with your reason, and which records are left.",
    "It changes nothing of what your app may read.",
)


@answers(*LOOKING)
@at_company
def needs(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """What is declared now. Counts are of the sandbox alone: how a school stands is nothing that companies see."""
    found, site = own_app(visit.company, app), visit.company.sandbox
    declared, counts = needs_of(found.id), None
    if site is not None and declared:
        with reading(school_id(site)):
            counts = count_failing(school_id(site), [need.check for need in declared], at=visit.at)
    edit_url = reverse("company-needs-edit", args=[visit.company.id, found.id])
    readiness = shown_at_sandbox(declared, counts)
    return app_page(request, visit, found, "Needs", readiness=readiness, edit_url=edit_url)


@answers(*LOOKING, "POST")
@at_company
def edit(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """The form with what is declared now; POST declares what is ticked."""
    found = own_app(visit.company, app)
    form = NeedsForm(request.POST) if request.method == "POST" else NeedsForm.showing(needs_of(found.id))

    def declare() -> object:
        return declare_requirements(found.id, form.needs(), by=visit.member, at=visit.at)

    back = found.name, reverse("company-needs", args=[visit.company.id, found.id])
    doing = Doing(
        f"What the sync of {found.name} needs", "Save", "Saved. Schools see it from now on.", back, declare,
        CompanyAct.BUILD, _CONSEQUENCES, form=form, template="partners/needs_edit.html",
    )  # fmt: skip
    return act(request, visit, doing)
