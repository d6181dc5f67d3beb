"""The pages of the connect link: who asks, for what, at which site, and what is in the way."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from consentry.connections.queries.connection_at import AboutApp, ShownVersion
from consentry.connections.queries.consent_at import AskedConsent
from consentry.partners.queries.apps import app_by_user
from consentry.rules.connection_life import MoveRefusal, State
from consentry.rules.grants import Action
from consentry.rules.pages import Page
from consentry.rules.permissions import Level
from consentry.web import addresses
from consentry.web.link_request import LinkRequest
from consentry.web.sentences import OfApp, decided_by, joined, moment, refusal
from consentry.web.shown.app import READING_ALONE, extent_sentence, permission_row
from consentry.web.shown.apps_list import initials
from consentry.web.visit import Visit
from consentry.web.way_back import NEXT

MOST_NAMED = 5
"""How many are named whom somebody can ask."""

LIFE = "Its keys open this site alone. Each lasts 15 minutes, and the app renews them by itself for 90 days at most."


def shown_sign_in(link: LinkRequest, asked: QueryDict, *, is_unknown: bool, named: str) -> dict[str, Any]:
    """The page for somebody who is not signed in: by password here, by single sign-on at their school's own page."""
    here = f"{reverse('oauth2_provider:authorize')}?{asked.urlencode()}"
    return {
        "app": _who_asks(link),
        "password_url": f"{reverse('account_login')}?{urlencode({NEXT: here})}",
        "action": reverse("oauth2_provider:authorize"),
        "hidden": [{"name": name, "value": value} for name, value in asked.items()],
        "named": named,
        "is_unknown": is_unknown,
    }


def shown_choice(link: LinkRequest, user: Any, choices: list[tuple[Any, str]], here: str) -> dict[str, Any]:
    """The sites that somebody can choose from; none is said too."""
    sites = [
        {"name": site.name, "kind": site.get_kind_display(), "is_dummy": site.is_dummy, "url": url}
        for site, url in choices
    ]
    return {"app": _who_asks(link), "sites": sites, "person": {"name": user.name, "email": user.email}, "here": here}


def shown_consent(visit: Visit, link: LinkRequest, asked: AskedConsent, kept: str) -> dict[str, Any]:
    """The consent page, for an app that has published something."""
    app, version = asked.app, asked.version
    return {
        "site": {"name": visit.site.name, "is_dummy": visit.site.is_dummy},
        "visit": {"person": visit.user.name, "email": visit.user.email},
        "app": {
            "name": app.name,
            "initials": initials(app.name),
            "company": app.company,
            "description": app.description,
            "website": addresses.safe_link(app.website),
            "privacy_notice": addresses.safe_link(app.privacy_notice),
            "company_contact": app.company_contact,
            "company_email": app.company_email,
            "state": asked.state.value,
            "is_provider": app.is_provider,
        },
        "permissions": _permissions(version) if version else None,
        "banners": [*_standing(visit, asked), *_trust(visit), *_dummy(visit, app)],
        "facts": _facts(visit, link, asked),
        "is_approved": asked.state is State.APPROVED,
        "request_name": kept,
    }


def _permissions(version: ShownVersion) -> dict[str, Any]:
    return {
        "version": version.number,
        "sentence": extent_sentence(version.asked),
        "standing": "",
        "rows": [permission_row(each) for each in version.asked],
        "note": READING_ALONE if any(each.actions - {Action.READ} for each in version.asked) else "",
    }


def _facts(visit: Visit, link: LinkRequest, asked: AskedConsent) -> list[dict[str, Any]]:
    version = asked.version.number if asked.version else 0
    rows = {
        "Site": visit.site.name,
        "What it asks for": f"Version {version} of its permission set, the same for every school",
        "For how long": f"Until {visit.site.name} rejects it, which ends its access at once. {LIFE}",
        "Who is told": "Your name and the time go on record. Everybody who may decide on apps at "
        f"{visit.site.name} gets the receipt by email.",
        "Where you go next": f"Back to {link.origin}",
    }
    return [{"label": label, "text": text} for label, text in rows.items()]


def _standing(visit: Visit, asked: AskedConsent) -> list[dict[str, Any]]:
    app, site = asked.app.name, visit.site.name
    if asked.decided_at is None:
        return []
    decided = f"on {moment(asked.decided_at, visit.at).text} by {asked.decided_by}"
    if asked.state is State.APPROVED:
        text = f"Approved {decided}. If you go on, {app} gets new keys for {site}; what it may do stays as it is."
        return [_banner("notice", f"{app} is connected to {site} already", text)]
    text = f"Rejected {decided}. If you approve it now, it is connected again, from its next call on."
    return [_banner("warning", f"{site} has rejected {app}", text)]


def _dummy(visit: Visit, app: AboutApp) -> list[dict[str, Any]]:
    if not visit.site.is_dummy:
        return []
    text = f"Nothing here is live. Ids will change when the site goes live; tell {app.company} when it does."
    return [_banner("warning", f"{visit.site.name} is a dummy site", text)]


def _trust(visit: Visit) -> list[dict[str, Any]]:
    """Source: the seed, "Can we set up a connection using our MAT MIS account?": for a school, at the school."""
    if visit.site.level is not Level.TRUST:
        return []
    text = "Its schools are not connected by it. For a school, sign in to it from your trust under Schools, then open "
    return [_banner("warning", f"This connects {visit.site.name} itself", f"{text}the app’s link again.")]


def _banner(tone: str, title: str, text: str) -> dict[str, Any]:
    return {"tone": tone, "title": title, "text": text, "link": None}


def refused_meanwhile(visit: Visit, asked: AskedConsent) -> dict[str, Any]:
    """What is said to somebody who decided on what was no longer so."""
    app = asked.app
    decided = decided_by(app.name, asked.state, asked.decided_by, asked.decided_at, visit.at)
    words = refusal(MoveRefusal.CHANGED_MEANWHILE, _of(app), state=asked.state, decided=decided)
    return _banner("error", words.title, words.text)


def shown_nobody(request: HttpRequest, slug: str, link: LinkRequest) -> dict[str, Any]:
    """For somebody who has no account at the site, or names one that there is not: both look the same."""
    app, user = _who_asks(link), request.user
    return {
        "app": app,
        "title": f"You have no account at “{slug}”",
        "text": f"You are signed in as {getattr(user, 'name', '')} ({getattr(user, 'email', '')}), who has no account "
        f"there. To connect {app['name']}, sign in as somebody who has, or ask that school’s admin team for an account."
        " Somebody of its trust signs in to the school from the trust first, and then opens the link again.",
        "choose_url": "" if link.slug else f"{reverse('oauth2_provider:authorize')}?{request.GET.urlencode()}",
        "sign_out_to": request.get_full_path(),
    }


def shown_not_permitted(visit: Visit, asked: AskedConsent, names: list[str], here: str) -> dict[str, Any]:
    """For somebody of the site who may not decide on apps: which permission that takes, and who has it."""
    missing = visit.missing(Page.PARTNER_APPS)
    ask = f"Ask {joined(names, 'or')}, who can, to connect it from {asked.app.name}." if names else visit.giver(missing)
    return {
        "app": {"name": asked.app.name, "company": asked.app.company},
        "title": f"You may not approve apps at {visit.site.name}",
        "text": f"For this you need the permission “{missing}”. {ask}",
        "choose_url": "",
        "sign_out_to": here,
    }


def shown_obstacle(visit: Visit, asked: AskedConsent, why: MoveRefusal) -> dict[str, Any]:
    """For an app that nobody can connect now, with whom to contact."""
    app = asked.app
    words = refusal(why, _of(app), state=asked.state, decided="")
    return {
        "app": {"name": app.name, "company": app.company},
        "title": words.title,
        "text": f"{words.text} Nothing was changed at {visit.site.name}.",
        "contact": {"name": app.company_contact, "email": app.company_email} if app.company_email else None,
        "choose_url": "",
        "sign_out_to": "",
    }


def shown_too_late(visit: Visit, asked: AskedConsent, again: str) -> dict[str, Any]:
    """For a page that was open for too long, that was sent before, or that somebody else had before them."""
    return {
        "app": {"name": asked.app.name, "company": asked.app.company},
        "title": "This page can no longer be used",
        "text": "It was sent before, or was open for more than ten minutes. This time nothing was changed at "
        f"{visit.site.name}. Look at it again and decide, or start again at {asked.app.name}.",
        "again_url": again,
        "choose_url": "",
        "sign_out_to": "",
    }


def _of(app: AboutApp) -> OfApp:
    return OfApp(app.name, app.company, (app.company_email, app.app_email))


def _who_asks(link: LinkRequest) -> dict[str, str]:
    app = app_by_user(link.client_id)
    return {"name": app.name, "company": app.company.name}
