"""Apps, as operator/apps.html and operator/app.html show them, and as a file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.connections.queries.connections_of_app import Standing
from consentry.connections.queries.schools_of_apps import Standings
from consentry.connections.queries.what_is_asked import AskedType
from consentry.partners.countries import country_names
from consentry.partners.models import App, AppBehind, AppKind
from consentry.partners.queries.desk_apps import DeskApp
from consentry.partners.queries.listing import Page, Wanted
from consentry.rules.app_life import APP_MOVES, AppMove, AppStage, Category
from consentry.rules.company_life import CompanyState, Declined
from consentry.rules.connection_life import State
from consentry.web import addresses
from consentry.web.desk_visit import DeskVisit
from consentry.web.downloads.table import Cell
from consentry.web.forms.operator.lists import APPS
from consentry.web.sentences import STATES, TONES, counted, joined, moment
from consentry.web.shown.app import extent_sentence, permission_row
from consentry.web.shown.apps_list import initials
from consentry.web.shown.listing import Column, Listing, shown_listing

_STAGE_TONES = {
    AppStage.DRAFT: "neutral",
    AppStage.SUBMITTED: "notice",
    AppStage.ACCEPTED: "good",
    AppStage.DECLINED: "bad",
}
_FILE_COLUMNS = (
    "App", "Company", "Kind", "Stage", "Live", "Suspended", "Since", "Schools approved", "Schools pending",
    "Schools rejected",
)  # fmt: skip
_MOST_SITES = 200

Schools = Mapping[int, Standings]


@dataclass(frozen=True)
class AppFacts:
    """What the page of an app tells besides the app: its version and what that asks, its sites, the apps behind it."""

    version: int | None
    asked: tuple[AskedType, ...]
    sites: list[Standing]
    behind: list[AppBehind]


def stage_tag(each: DeskApp) -> dict[str, str]:
    """How an app stands, in one tag."""
    if each.is_suspended:
        return {"label": "Suspended", "tone": "bad"}
    if each.stage is AppStage.ACCEPTED:
        return {"label": "Live", "tone": "good"} if each.is_live else {"label": "Accepted, not live", "tone": "warning"}
    return {"label": each.stage.label, "tone": _STAGE_TONES[each.stage]}


def shown_apps(visit: DeskVisit, wanted: Wanted, page: Page[DeskApp], schools: Schools) -> dict[str, Any]:
    """The context that the template names `listing`."""
    files = (reverse("desk-apps-file", args=["csv"]), reverse("desk-apps-file", args=["xlsx"]))
    columns = (
        Column("App", "name"),
        Column("Company", "company"),
        Column("State"),
        Column("Schools"),
        Column("Since", "since", "time"),
    )
    labels = {"stage": "With the operator", "running": "Running"}
    listing = Listing(reverse("desk-apps"), files, ("app", "apps"), columns, APPS, labels)
    rows = [_row(visit, each, schools[each.id]) for each in page.rows]
    return shown_listing(listing, wanted, page) | {"rows": rows}


def apps_table(rows: Iterable[DeskApp], schools: Schools) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each; times are in the site's time, as 2026-11-03 14:05."""
    yield _FILE_COLUMNS
    for each in rows:
        count = schools[each.id]
        yield (
            each.name, each.company, "Data provider" if each.is_provider else "Direct partner", each.stage.label,
            "Yes" if each.is_live else "No", "Yes" if each.is_suspended else "No",
            f"{timezone.localtime(each.since):%Y-%m-%d %H:%M}", count.approved, count.pending, count.rejected,
        )  # fmt: skip


def shown_desk_app(visit: DeskVisit, app: App, facts: AppFacts) -> dict[str, Any]:
    """The context that operator/app.html takes besides the shell's."""
    stage = AppStage(app.stage)
    is_provider = app.kind == AppKind.DATA_PROVIDER
    return {
        "app": {
            "name": app.name,
            "initials": initials(app.name),
            "logo_url": addresses.logo_of(app),
            "company": app.company.name,
            "company_url": reverse("desk-company", args=[app.company_id]),
            "description": app.description,
            "tags": _tags(app, stage),
            "is_provider": is_provider,
            "state": "",
            "facts": _facts(app),
            "declined_for": Declined(app.declined_for).label if app.declined_for else "",
            "note": app.stage_note,
            "suspended": _suspended(visit, app),
        },
        "permissions": _permissions(facts),
        "acts": _acts(app, stage),
        "sites": [_site(each) for each in facts.sites[:_MOST_SITES]],
        "more_sites": max(0, len(facts.sites) - _MOST_SITES),
        "counts": _counts(facts.sites),
        "behind": [
            {"name": each.name, "company": each.company, "website": addresses.safe_link(each.website)}
            for each in facts.behind
        ],
    }


def _permissions(facts: AppFacts) -> dict[str, Any] | None:
    if facts.version is None:
        return None
    return {
        "version": facts.version,
        "sentence": f"Version {facts.version}: {extent_sentence(facts.asked)}",
        "standing": "",
        "rows": [permission_row(each) for each in facts.asked],
        "note": "",
    }


def _tags(app: App, stage: AppStage) -> list[dict[str, str]]:
    tags = [{"label": stage.label, "tone": _STAGE_TONES[stage]}]
    if stage is AppStage.ACCEPTED:
        tags.append({"label": "Live", "tone": "good"} if app.is_live else {"label": "Not live", "tone": "warning"})
    if app.suspended_at is not None:
        tags.append({"label": "Suspended", "tone": "bad"})
    if app.company.state != CompanyState.ACCEPTED:
        tags.append({"label": f"Company: {CompanyState(app.company.state).label.lower()}", "tone": "warning"})
    return tags


def _suspended(visit: DeskVisit, app: App) -> str:
    if app.suspended_at is None:
        return ""
    reason = f" The reason: {app.suspended_for}" if app.suspended_for else ""
    return f"It opens nothing at any site since {moment(app.suspended_at, visit.at).text}.{reason}"


def _acts(app: App, stage: AppStage) -> dict[str, str]:
    """The addresses of what can be done now, "" for what cannot."""
    number = [app.id]
    is_accepted = stage is AppStage.ACCEPTED and app.company.state == CompanyState.ACCEPTED
    return {
        "accept": reverse("desk-app-accept", args=number) if (stage, AppMove.ACCEPT) in APP_MOVES else "",
        "decline": reverse("desk-app-decline", args=number) if (stage, AppMove.DECLINE) in APP_MOVES else "",
        "live": reverse("desk-app-live", args=number) if is_accepted and not app.is_live else "",
        "take_back": reverse("desk-app-take-back", args=number) if app.is_live else "",
        "suspend": "" if app.suspended_at else reverse("desk-app-suspend", args=number),
        "resume": reverse("desk-app-resume", args=number) if app.suspended_at else "",
    }


def _facts(app: App) -> list[dict[str, Any]]:
    rows = [
        ("Category", Category(app.category).label, ""),
        ("Kind", str(app.get_kind_display()), ""),
        ("App’s contact", app.contact_email, f"mailto:{app.contact_email}"),
        ("Website", app.website, addresses.safe_link(app.website)),
        ("Where data goes", joined(country_names(app.countries) or ["Not given"]), ""),
        ("How long it is kept", app.retention or "Not given", ""),
        ("Application user", app.application_user, ""),
    ]
    return [{"label": label, "text": text, "url": url, "when": None, "detail": ""} for label, text, url in rows]


def _site(each: Standing) -> dict[str, Any]:
    state = State(each.state)
    return {
        "name": each.name,
        "is_dummy": each.life == "dummy",
        "tag": {"label": STATES[state], "tone": TONES[state]},
        "version": f"Version {each.version}" if each.version else "",
    }


def _counts(sites: list[Standing]) -> str:
    found = {state: sum(each.state == state.value for each in sites) for state in STATES}
    pending = counted(found[State.PENDING], "pending request")
    return f"{pending}, {found[State.APPROVED]:,} approved, {found[State.REJECTED]:,} rejected"


def _row(visit: DeskVisit, each: DeskApp, schools: Standings) -> dict[str, Any]:
    return {
        "name": each.name,
        "initials": initials(each.name),
        "logo_url": addresses.logo(each.id, each.logo),
        "url": reverse("desk-app", args=[each.id]),
        "company": each.company,
        "company_url": reverse("desk-company", args=[each.company_id]),
        "kind": "Data provider" if each.is_provider else "",
        "tag": stage_tag(each),
        "schools": f"{schools.approved:,} approved",
        "schools_more": f"{schools.pending:,} pending, {schools.rejected:,} rejected",
        "since": moment(each.since, visit.at),
    }
