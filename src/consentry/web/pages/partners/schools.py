"""The schools of an app: those that it asked, and those where somebody gave it tokens by the connect link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from consentry.connections.queries.connections_of_app import connections_of_app
from consentry.partners.actions.end_own_tokens import end_own_tokens
from consentry.partners.models import App
from consentry.partners.queries.own_apps import own_app
from consentry.partners.queries.token_chains import living_chains
from consentry.rules.company_roles import CompanyAct
from consentry.rules.connection_life import State
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.pages.partners.acting import Doing, act
from consentry.web.pages.partners.app import app_page
from consentry.web.sentences import STATES, TONES, moment


@answers(*LOOKING)
@at_company
def schools(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """The sites that the app asked, and what each said; nothing of a school's records."""
    found = own_app(visit.company, app)
    rows = [
        {
            "name": each.name,
            "slug": each.site,
            "is_dummy": each.life == "dummy",
            "is_sandbox": visit.company.sandbox is not None and visit.company.sandbox.slug == each.site,
            "tag": {"label": STATES[State(each.state)], "tone": TONES[State(each.state)]},
            "version": each.version,
        }
        for each in connections_of_app(found)
    ]
    return app_page(
        request, visit, found, "Schools", rows=rows, columns=_columns("School", "State", "Version in force"),
        by_link=_by_link(visit, found), link_columns=_columns("School", "Since", "Last used", "Until", "Actions"),
        lacks_publish=visit.lacks(CompanyAct.PUBLISH),
    )  # fmt: skip


def _columns(*labels: str) -> list[dict[str, str]]:
    return [{"label": label, "kind": "", "url": "", "sorted": ""} for label in labels]


def _by_link(visit: CompanyVisit, app: App) -> list[dict[str, Any]]:
    """Which sites gave the app tokens that go on, since when. Who did is the site's alone to know."""
    return [
        {
            "name": each.school.name,
            "slug": each.school.slug,
            "given": moment(each.given_at, visit.at),
            "used": moment(each.refreshed_at or each.given_at, visit.at),
            "until": moment(each.ends_at, visit.at),
            "end_url": reverse("company-link-tokens-end", args=[visit.company.id, app.id, each.id]),
        }
        for each in living_chains(app.id, at=visit.at)
    ]


@answers(*LOOKING, "POST")
@at_company
def end_tokens(request: HttpRequest, visit: CompanyVisit, app: int, chain: int) -> HttpResponse:
    """End the tokens that somebody of one site gave the app."""
    found = own_app(visit.company, app)
    site = living_chains(found.id, at=visit.at).get(id=chain).school.name
    doing = Doing(
        f"End tokens of {found.name} at {site}", "End them", f"Those tokens of {found.name} open nothing now.",
        ("Schools", reverse("company-app-schools", args=[visit.company.id, found.id])),
        lambda: end_own_tokens(found.id, chain, by=visit.member, at=visit.at), CompanyAct.PUBLISH,
        (
            f"They open nothing from the next call on, and none is renewed. What {site} approved stands.",
            f"{found.name} gets new ones when somebody there opens your link again. {site} sees that you ended them.",
        ),
        "danger",
    )  # fmt: skip
    return act(request, visit, doing)
