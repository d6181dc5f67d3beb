"""One app of the partner directory, as directory/app.html and directory/behind.html show it."""

from typing import Any

from django.urls import reverse

from consentry.connections.queries.what_is_asked import AskedType
from consentry.partners.countries import country_names
from consentry.partners.models import App, AppBehind, AppKind
from consentry.rules.app_life import Category
from consentry.rules.connection_life import State
from consentry.rules.not_live import not_live
from consentry.web import addresses
from consentry.web.sentences import STATES, TONES, joined
from consentry.web.shown.app import extent_sentence, permission_row
from consentry.web.shown.apps_list import initials
from consentry.web.visit import Visit

Standing = tuple[int, State] | None


def shown_directory_app(
    visit: Visit, app: App, asked: tuple[AskedType, ...], standing: Standing, behind: list[AppBehind]
) -> dict[str, Any]:
    """The context that directory/app.html takes besides the shell's."""
    company, is_provider = app.company, app.kind == AppKind.DATA_PROVIDER
    return {
        "app": {
            "name": app.name,
            "initials": initials(app.name),
            "logo_url": addresses.logo_of(app),
            "company": company.name,
            "company_contact": company.contact_name,
            "company_email": company.contact_email,
            "app_email": app.contact_email,
            "description": app.description,
            "is_provider": is_provider,
            "kind": str(app.get_kind_display()),
            "state": "",
            "facts": _facts(app),
            "not_live": ""
            if app.is_live
            else not_live(app.name, company.name, company.contact_email, app.contact_email),
            "suspended": _suspended(app),
        },
        "permissions": {
            "sentence": extent_sentence(asked),
            "standing": "",
            "rows": [permission_row(each) for each in asked],
            "note": "",
        }
        if asked
        else None,
        "standing": _standing(visit, app.name, standing),
        "apps_through": [
            {"name": each.name, "company": each.company, "url": _behind_url(visit, each)} for each in behind
        ],
        "back_url": reverse("directory", args=[visit.site.slug]),
    }


def shown_behind(visit: Visit, found: AppBehind, standing: Standing) -> dict[str, Any]:
    """The context that directory/behind.html takes besides the shell's."""
    provider = found.provider
    return {
        "app": {
            "name": found.name,
            "initials": initials(found.name),
            "company": found.company,
            "category": Category(found.category).label,
            "website": addresses.safe_link(found.website),
            "provider": provider.name,
            "provider_company": provider.company.name,
            "provider_url": reverse("directory-app", args=[visit.site.slug, provider.id]),
        },
        "standing": _standing(visit, provider.name, standing),
        "back_url": reverse("directory", args=[visit.site.slug]),
    }


def _facts(app: App) -> list[dict[str, Any]]:
    company = app.company
    protection = company.protection_contact_email
    rows = [
        ("Category", Category(app.category).label, "", ""),
        ("Website", app.website, addresses.safe_link(app.website), ""),
        ("Privacy notice", company.privacy_notice, addresses.safe_link(company.privacy_notice), ""),
        (
            "Processing agreement",
            company.processing_agreement or "Not given: ask the company",
            addresses.safe_link(company.processing_agreement),
            "",
        ),
        ("Data protection contact", company.protection_contact_name or "Not given: ask the company", "", protection),
        ("Where data goes", joined(country_names(app.countries) or ["Not given"]), "", ""),
        ("How long it is kept", app.retention or "Not given: ask the company", "", ""),
    ]
    return [{"label": label, "text": text, "url": url, "when": None, "detail": more} for label, text, url, more in rows]


def _suspended(app: App) -> str:
    if app.suspended_at is None:
        return ""
    reason = f" The reason: {app.suspended_for}" if app.suspended_for else ""
    return f"The operator has suspended {app.name} everywhere: it reads nothing now.{reason}"


_HOW = {
    State.PENDING: "{app} has asked to connect already: look at it under Partner Apps, and decide.",
    State.APPROVED: "{app} is connected: what it may do stands under Partner Apps.",
    State.REJECTED: "{app} was rejected: you can give it access again under Partner Apps.",
}


def _standing(visit: Visit, name: str, standing: Standing) -> dict[str, Any]:
    if standing is None:
        return {"tag": None, "sentence": f"{name} has not asked to connect to {visit.site.name}.", "url": "", "how": ""}
    number, state = standing
    return {
        "tag": {"label": STATES[state], "tone": TONES[state]},
        "sentence": f"At {visit.site.name}:",
        "url": addresses.app(visit.site.slug, number),
        "how": _HOW[state].format(app=name),
    }


def _behind_url(visit: Visit, each: AppBehind) -> str:
    return reverse("directory-behind", args=[visit.site.slug, each.id])
