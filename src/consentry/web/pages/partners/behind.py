"""The apps behind a data provider, as it declares them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from consentry.partners.actions.add_app_behind import add_app_behind
from consentry.partners.models import App, AppKind
from consentry.partners.queries.own_apps import apps_behind, own_app
from consentry.rules.app_life import Category
from consentry.rules.company_roles import CompanyAct
from consentry.web.addresses import safe_link
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.forms.partners.app import BehindForm
from consentry.web.pages.partners.acting import Doing, act
from consentry.web.pages.partners.app import app_page
from consentry.web.sentences import moment


def _provider(visit: CompanyVisit, app: int) -> App:
    """The company's app. Raises Http404 for one that is no data provider, App.DoesNotExist."""
    found = own_app(visit.company, app)
    if found.kind != AppKind.DATA_PROVIDER:
        raise Http404
    return found


@answers(*LOOKING)
@at_company
def behind(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """Those that are declared now."""
    found = _provider(visit, app)
    rows = [
        {
            "name": each.name,
            "company": each.company,
            "website": safe_link(each.website),
            "category": Category(each.category).label,
            "since": moment(each.added_at, visit.at),
            "end_url": reverse("company-behind-end", args=[visit.company.id, found.id, each.id]),
        }
        for each in apps_behind(found.id)
    ]
    labels = ("App", "Company", "Category", "Declared", "Actions")
    columns = [{"label": label, "kind": "", "url": "", "sorted": ""} for label in labels]
    add_url = reverse("company-behind-add", args=[visit.company.id, found.id])
    return app_page(request, visit, found, "Behind it", rows=rows, columns=columns, add_url=add_url)


@answers(*LOOKING, "POST")
@at_company
def add(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """The form; POST declares one more."""
    found = _provider(visit, app)
    form = BehindForm(request.POST if request.method == "POST" else None)

    def declare() -> object:
        return add_app_behind(found.id, form.behind(), by=visit.member, at=visit.at)

    doing = Doing(
        f"An app behind {found.name}", "Declare it", "Schools see it from now on.",
        ("Apps behind it", reverse("company-behind", args=[visit.company.id, found.id])), declare, CompanyAct.BUILD,
        (
            f"Schools see it on the page of {found.name}, with the note that they authorise it with you, not here.",
            "Declare every app that gets a school’s data through you.",
        ),
        form=form,
    )  # fmt: skip
    return act(request, visit, doing)
