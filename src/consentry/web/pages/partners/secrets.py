"""An app's secrets: two at a time, each shown once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from consentry.partners.actions.issue_own_secret import issue_own_secret
from consentry.partners.actions.issue_secret import MOST_SECRETS
from consentry.partners.models import App
from consentry.partners.queries.own_apps import own_app, secrets_of
from consentry.partners.queries.redirect_uris import redirect_uris_of
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.pages.partners.app import app_page
from consentry.web.sentences import moment, moment_or_none, sentence


@answers(*LOOKING)
@at_company
def secrets(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """Those that are good: when each was issued and last used."""
    return _page(request, visit, own_app(visit.company, app))


@answers("POST")
@at_company
def issue(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """A new secret, in this very answer alone: it is kept nowhere from where another page could show it."""
    visit.require(CompanyAct.PUBLISH)
    found = own_app(visit.company, app)
    try:
        secret = issue_own_secret(found.id, by=visit.member, at=visit.at)
    except InvalidError as refused:
        return _page(request, visit, found, refused=sentence(refused))
    return _page(request, visit, found, secret=secret)


def _page(request: HttpRequest, visit: CompanyVisit, app: App, **more: Any) -> HttpResponse:
    found = secrets_of(app)
    rows = [
        {
            "hint": each.hint,
            "issued": moment(each.issued_at, visit.at),
            "used": moment_or_none(each.last_used_at, visit.at),
            "revoke_url": reverse("company-secret-revoke", args=[visit.company.id, app.id, each.id]),
        }
        for each in found
    ]
    labels = ("Secret", "Issued", "Last used", "Actions")
    columns = [{"label": each, "kind": "", "url": "", "sorted": ""} for each in labels]
    return app_page(
        request, visit, app, "Secrets", rows=rows, columns=columns, application_user=app.application_user,
        issue_url=reverse("company-secret-issue", args=[visit.company.id, app.id]),
        redirect_url=reverse("company-redirect-uris", args=[visit.company.id, app.id]),
        redirect_uris=redirect_uris_of(app),
        is_full=len(found) >= MOST_SECRETS, lacks_publish=visit.lacks(CompanyAct.PUBLISH), **more,
    )  # fmt: skip
