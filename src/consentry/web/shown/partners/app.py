"""An app as its own company sees it: the head and the tabs of its pages, and what it says of itself."""

from typing import Any

from django.urls import reverse

from consentry.partners.countries import country_names
from consentry.partners.models import App, AppKind
from consentry.rules.app_life import AppMove, AppMoveRefusedError, AppStage, Category, app_move
from consentry.rules.company_life import Declined
from consentry.web.addresses import logo_of, safe_link
from consentry.web.company_visit import CompanyVisit
from consentry.web.sentences import joined, moment
from consentry.web.shown.apps_list import initials

TONES = {
    AppStage.DRAFT: "neutral",
    AppStage.SUBMITTED: "notice",
    AppStage.ACCEPTED: "good",
    AppStage.DECLINED: "bad",
}


def app_tags(app: App) -> list[dict[str, str]]:
    """Where the app stands, in words."""
    stage = AppStage(app.stage)
    tags = [{"label": stage.label, "tone": TONES[stage]}]
    if app.suspended_at is not None:
        tags.append({"label": "Suspended by the operator", "tone": "bad"})
    tags.append({"label": "Live", "tone": "good"} if app.is_live else {"label": "Not live", "tone": "neutral"})
    if app.kind == AppKind.DATA_PROVIDER:
        tags.append({"label": "Data provider", "tone": "notice"})
    return tags


def app_head(app: App, tab: str) -> dict[str, Any]:
    """What stands above each of the app's pages."""
    args = [app.company_id, app.id]
    routes = {
        "About": "company-app",
        "Asks for": "permission-set",
        "Needs": "company-needs",
        "Secrets": "company-secrets",
        "Try it": "company-console",
        "Schools": "company-app-schools",
    }
    if app.kind == AppKind.DATA_PROVIDER:
        routes["Behind it"] = "company-behind"
    return {
        "name": app.name,
        "initials": initials(app.name),
        "logo_url": logo_of(app),
        "company": app.company.name,
        "tags": app_tags(app),
        "back": {"label": "Apps", "url": reverse("company-apps", args=args[:1])},
        "tabs": [
            {"label": label, "count": None, "note": "", "url": reverse(route, args=args), "current": label == tab}
            for label, route in routes.items()
        ],
    }


def app_facts(app: App) -> list[dict[str, Any]]:
    """What the app says of itself, as schools are shown it."""
    facts = [
        ("Category", Category(app.category).label, ""),
        ("Kind", app.get_kind_display(), ""),
        ("Email for schools", app.contact_email, ""),
        ("Website", app.website, safe_link(app.website)),
        (
            "Countries where the data goes",
            joined(country_names(app.countries) or ["Not said yet"]),
            "",
        ),
        ("How long data is kept", app.retention or "Not said yet", ""),
        ("Name for programs (application user, client id)", app.application_user, ""),
    ]
    return [{"label": label, "text": text, "url": url, "when": None, "detail": ""} for label, text, url in facts]


def standing(visit: CompanyVisit, app: App, *, has_published: bool) -> dict[str, str]:
    """What the operator has said of it, and what comes next, as a banner."""
    stage = AppStage(app.stage)
    if app.suspended_at is not None:
        why = app.suspended_for or "Ask the operator why."
        return {"tone": "error", "title": "The operator has suspended this app: it opens nothing anywhere", "text": why}
    if stage is AppStage.DECLINED:
        reason = Declined(app.declined_for).label if app.declined_for else "The operator declined it"
        return {"tone": "warning", "title": "Declined", "text": f"{reason}. {app.stage_note}".strip()}
    if stage is AppStage.SUBMITTED:
        since = f" since {moment(app.stage_since, visit.at).text}" if app.stage_since else ""
        return {"tone": "notice", "title": f"The operator has it{since}", "text": "You are told what comes of it."}
    if stage is AppStage.ACCEPTED and not app.is_live:
        return {
            "tone": "notice",
            "title": "Accepted, not live yet",
            "text": "Dummy sites can connect it. The operator makes it live; then every school can.",
        }
    if stage is AppStage.DRAFT:
        step = "Put it before the operator when it is ready." if has_published else "Publish what it asks for first."
        return {"tone": "notice", "title": "It works at your sandbox, and nowhere else yet", "text": step}
    return {}


def can_be_submitted(app: App) -> bool:
    """Whether it can be put before the operator from where it stands."""
    try:
        app_move(AppStage(app.stage), AppMove.SUBMIT)
    except AppMoveRefusedError:
        return False
    return True
