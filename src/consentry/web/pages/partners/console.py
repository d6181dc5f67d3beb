"""Trying an app's calls: each data type that it may read, and what the call returns from the sandbox right now."""

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from consentry.connections.queries.what_is_asked import asked_type
from consentry.connections.reading.door import ENTER, ENTER_FAST
from consentry.connections.reading.line import TooCostlyError, UnavailableError
from consentry.connections.reading.read import Answer, Caller, Door, MovingVersionError, read
from consentry.partners.models import App
from consentry.partners.queries.apps import latest_version
from consentry.partners.queries.own_apps import own_app, secrets_of
from consentry.records.catalogue import catalogue, pluralised
from consentry.rules.asks import Ask
from consentry.rules.catalogue import DataType
from consentry.rules.company_roles import CompanyAct
from consentry.rules.grants import Action, Grant
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from consentry.web.addresses import absolute
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.pages.partners.app import app_page
from consentry.web.sentences import counted

SURFACE = "rest-v2"
A_CALL = 3
"""Records that a call of the console asks for."""

_DOORS = {
    Door.NONE: "The app is not connected to the sandbox yet: approve it there, on the app’s page.",
    Door.PENDING: "The app waits for a decision at the sandbox.",
    Door.REJECTED: "The app was rejected at the sandbox. Approve it there, or on the app’s page.",
    Door.SUSPENDED: "The operator has suspended the app: it opens nothing anywhere.",
    Door.CREDENTIAL: "The secret was revoked at this moment: try again.",
}
_NOT_NOW = "The call could not be made just now. Try again soon."


def _readable(app: App) -> list[tuple[DataType, Grant]]:
    """What the newest version may read, by the data type's name for many."""
    version = latest_version(app)
    grants = version.grants() if version else {}
    found = [(catalogue().get(name), grant) for name, grant in grants.items() if Action.READ in grant.actions]
    known = [(data_type, grant) for data_type, grant in found if data_type is not None]
    return sorted(known, key=lambda each: each[0].plural)


@answers(*LOOKING)
@at_company
def console(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """The calls that the app can make, generated from the catalogue for its newest version."""
    found = own_app(visit.company, app)
    return app_page(request, visit, found, "Try it", **_context(visit, found))


@answers(*LOOKING)
@at_company
def call(request: HttpRequest, visit: CompanyVisit, app: int, name: str) -> HttpResponse:
    """The same with one call made: as the app, by the path of every call, and on record at the sandbox."""
    visit.require(CompanyAct.BUILD)
    found = own_app(visit.company, app)
    chosen = next((each for each in _readable(found) if each[0].name == name), None)
    if chosen is None:
        raise Http404
    made = _made(visit, found, chosen[0])
    return app_page(request, visit, found, "Try it", **_context(visit, found), call=made | _about(*chosen))


def _context(visit: CompanyVisit, app: App) -> dict[str, Any]:
    site = visit.company.sandbox
    return {
        "calls": [
            _about(data_type, grant)
            | {
                "url": reverse("company-console-call", args=[visit.company.id, app.id, data_type.name]),
                "curl": _curl(site, app, data_type),
            }
            for data_type, grant in _readable(app)
        ],
        "lacking": _lacking(visit, app),
        "site": site.name if site else "",
        "may_call": visit.may(CompanyAct.BUILD),
    }


def _lacking(visit: CompanyVisit, app: App) -> dict[str, Any] | None:
    """What is to be done before a call can be made."""
    args = [visit.company.id, app.id]
    if visit.company.sandbox is None:
        return _link("Your sandbox is being made", reverse("company-sandbox", args=args[:1]), "See how far it is")
    if latest_version(app) is None:
        return _link("Nothing is published yet", reverse("permission-set", args=args), "Say what the app asks for")
    if not secrets_of(app):
        return _link("The app has no secret yet", reverse("company-secrets", args=args), "Issue one")
    return None


def _link(text: str, url: str, label: str) -> dict[str, Any]:
    return {"text": text, "link": {"url": url, "label": label}}


def _about(data_type: DataType, grant: Grant) -> dict[str, Any]:
    asked = asked_type(grant)
    return {
        "label": data_type.plural,
        "fields": [field.name for field in asked.fields],
        "count": counted(len(asked.fields), "field"),
        "path": f"/rest-v2/{_collection(data_type)}",
    }


def _collection(data_type: DataType) -> str:
    return data_type.collection


def _curl(site: Site | None, app: App, data_type: DataType) -> str:
    """The line for a terminal. The secret is never filled in: curl asks for it."""
    address = absolute(f"/{site.slug if site else 'your-sandbox'}/rest-v2/{_collection(data_type)}?page-size={A_CALL}")
    return f"curl --user '{app.application_user}' '{address}'"


def _made(visit: CompanyVisit, app: App, data_type: DataType) -> dict[str, Any]:
    """The call with one of the app's good secrets, as the app itself would make it. Nothing is decided here."""
    site, secrets = visit.company.sandbox, secrets_of(app)
    if site is None or not secrets:
        return {"refused": "", "body": "", "withheld": [], "returned": 0}
    enter = ENTER if settings.CONFIG.durable_events else ENTER_FAST
    caller = Caller(app.id, credential=secrets[-1].id)
    try:
        values = {"size": A_CALL, "skip": 0}
        answer = read(caller, school_id(site), Ask(data_type.name), values, surface=SURFACE, enter=enter)
    except (UnavailableError, TooCostlyError, MovingVersionError):
        return {"refused": _NOT_NOW, "body": "", "withheld": [], "returned": 0}
    return _shown(answer, data_type)


def _shown(answer: Answer, data_type: DataType) -> dict[str, Any]:
    refused = ""
    if answer.door is not Door.OPEN:
        refused = _DOORS.get(answer.door, _NOT_NOW)
    elif answer.disclosure.is_refused:
        refused = "The version in force at the sandbox does not let the app read this. Approve the newest one there."
    body = ""
    if not refused:
        records = json.loads(b"[" + b",".join(answer.pieces) + b"]")
        body = json.dumps({pluralised(data_type.root): records}, indent=2, ensure_ascii=False)
    return {
        "refused": refused,
        "body": body,
        "withheld": list(answer.disclosure.withheld) if not refused else [],
        "returned": answer.returned,
    }
