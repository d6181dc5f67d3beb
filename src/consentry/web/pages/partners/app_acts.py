"""What is done to an app by a button alone, each with a page that says what will happen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from consentry.connections.actions.approve_at_sandbox import approve_at_sandbox
from consentry.partners.acting import acting
from consentry.partners.actions.end_app_behind import end_app_behind
from consentry.partners.actions.remove_logo import remove_logo as take_logo_away
from consentry.partners.actions.revoke_own_secret import revoke_own_secret
from consentry.partners.actions.submit_app import submit_app
from consentry.partners.models import App
from consentry.partners.queries.own_apps import own_app, own_app_behind, own_secret
from consentry.rules.company_roles import CompanyAct
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.pages.partners.acting import Doing, act


def _back(app: App, label: str = "", route: str = "company-app") -> tuple[str, str]:
    return label or app.name, reverse(route, args=[app.company_id, app.id])


@answers(*LOOKING, "POST")
@at_company
def submit(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """Put the app before the operator."""
    found = own_app(visit.company, app)
    doing = Doing(
        f"Put {found.name} before the operator", "Put it before the operator", f"The operator has {found.name} now.",
        _back(found), lambda: submit_app(found.id, by=visit.member, at=visit.at), CompanyAct.PUBLISH,
        (
            "The operator reads what the app says of itself and what it asks of schools, and accepts or declines it.",
            "Once it is accepted and made live, every school can connect it.",
        ),
    )  # fmt: skip
    return act(request, visit, doing)


@answers(*LOOKING, "POST")
@at_company
def connect_sandbox(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """Put the app's newest version in force at the company's own sandbox."""
    found = own_app(visit.company, app)
    site = visit.company.sandbox
    if site is None:
        raise Http404
    doing = Doing(
        f"Approve {found.name} at your sandbox", "Approve it there",
        f"The newest version is in force at {site.name}.", _back(found),
        lambda: approve_at_sandbox(found, site, asked_by=visit.member, by=acting(visit.member), at=visit.at),
        CompanyAct.BUILD,
        (
            f"The newest version is in force at {site.name} from the app’s next call on, whatever was decided there.",
            "Your name stands on the receipt.",
            "To see what a school sees, sign in to the sandbox instead and decide there, under Partner Apps.",
        ),
    )  # fmt: skip
    return act(request, visit, doing)


@answers(*LOOKING, "POST")
@at_company
def remove_logo(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """Take the app's logo away."""
    found = own_app(visit.company, app)
    doing = Doing(
        f"Remove the logo of {found.name}", "Remove it", "The app is shown with its initials.", _back(found),
        lambda: take_logo_away(found.id, by=visit.member, at=visit.at), CompanyAct.BUILD,
        ("The app is shown with its initials.",), "danger",
    )  # fmt: skip
    return act(request, visit, doing)


@answers(*LOOKING, "POST")
@at_company
def revoke(request: HttpRequest, visit: CompanyVisit, app: int, secret: int) -> HttpResponse:
    """Take back one of the app's secrets."""
    found = own_app(visit.company, app)
    hint = own_secret(found, secret).hint
    doing = Doing(
        f"Revoke the secret that ends in {hint}", "Revoke it", f"The secret that ended in {hint} opens nothing now.",
        _back(found, "Secrets", "company-secrets"),
        lambda: revoke_own_secret(found.id, secret, by=visit.member, at=visit.at), CompanyAct.PUBLISH,
        (
            "It opens nothing from the next call on, and the access tokens of this app end.",
            "A program that still uses it is refused: put the other secret to use first. It cannot be taken back.",
        ),
        "danger",
    )  # fmt: skip
    return act(request, visit, doing)


@answers(*LOOKING, "POST")
@at_company
def end_behind(request: HttpRequest, visit: CompanyVisit, app: int, number: int) -> HttpResponse:
    """Declare that an app no longer gets data through this data provider."""
    found = own_app(visit.company, app)
    name = own_app_behind(found, number).name
    doing = Doing(
        f"{name} gets no data through {found.name} any more", "Declare it", f"{name} is no longer listed.",
        _back(found, "Apps behind it", "company-behind"),
        lambda: end_app_behind(found.id, number, by=visit.member, at=visit.at), CompanyAct.BUILD,
        (f"Schools no longer see {name} under {found.name}. That it was declared stays on record.",), "danger",
    )  # fmt: skip
    return act(request, visit, doing)
