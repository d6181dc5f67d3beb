"""One app at one site and the decision about it, as partner_apps/app.html and its slide-over show them."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from consentry.connections.queries.connection_at import AboutApp, ConnectionShown
from consentry.connections.queries.reviews import Undecided
from consentry.connections.queries.what_is_asked import AskedType, extent
from consentry.partners.models import AppBehind
from consentry.rules.app_life import Category
from consentry.rules.connection_life import State
from consentry.rules.grants import Action
from consentry.rules.not_live import not_live
from consentry.rules.pages import Page
from consentry.rules.review_life import ReviewState
from consentry.web import addresses
from consentry.web.sentences import STATES, TABS, TONES, counted, joined, moment
from consentry.web.shown.apps_list import downloads, initials, summary
from consentry.web.visit import Visit

_NAMED = 2
READING_ALONE = "Apps can only read for now: writing, updating and deleting are not switched on yet."

_REJECTED = {
    State.PENDING: "It goes on reading nothing. You can approve it later, under Rejected Apps.",
    State.APPROVED: "All access ends at once. Data that {company} has already taken stays with the company.",
    State.REJECTED: "",
}


def shown_app(visit: Visit, found: ConnectionShown, review: Undecided | None) -> dict[str, Any]:
    """The parts of the context that the slide-over and the page share; `review` is what it asks for beyond that."""
    return {
        "app": shown_about(found.app, addresses.app(visit.site.slug, found.id))
        | {
            "state": found.state.value,
            "trouble_url": reverse("partner-app-trouble", args=[visit.site.slug, found.id]),
            "state_tag": {"label": STATES[found.state], "tone": TONES[found.state]},
            "state_sentence": _state_sentence(found, visit.at),
            "back": {"label": TABS[found.state], "url": addresses.listed(visit.site.slug, found.state)},
        },
        "permissions": {
            "version": found.version.number,
            "sentence": extent_sentence(found.version.asked),
            "standing": _standing(found),
            "rows": [permission_row(asked) for asked in found.version.asked],
            "note": READING_ALONE if any(asked.actions - {Action.READ} for asked in found.version.asked) else "",
        },
        "behind": [shown_behind(each) for each in found.behind],
        "review": _review(visit, found, review) if review else None,
        "decision": _decision(visit, found),
        "dummy_site": _dummy_site(visit, found.app),
        "downloads": downloads(
            found.app.name,
            reverse("partner-app-list", args=[visit.site.slug, found.id, "csv"]),
            reverse("partner-app-list", args=[visit.site.slug, found.id, "xlsx"]),
        ),
    }


def shown_about(app: AboutApp, url: str) -> dict[str, Any]:
    """Who the app is, as the template names it `app`; `url` leads to its page."""
    return {
        "name": app.name,
        "initials": initials(app.name),
        "logo_url": addresses.logo(app.id, app.logo),
        "url": url,
        "description": app.description,
        "company": app.company,
        "company_contact": app.company_contact,
        "company_email": app.company_email,
        "app_email": app.app_email,
        "website": addresses.safe_link(app.website),
        "privacy_notice": addresses.safe_link(app.privacy_notice),
        "not_live": "" if app.is_live else not_live(app.name, app.company, app.company_email, app.app_email),
        "is_provider": app.is_provider,
    }


def shown_behind(app: AppBehind) -> dict[str, str]:
    """An app that gets the data through this data provider."""
    return {
        "name": app.name,
        "company": app.company,
        "website": addresses.safe_link(app.website),
        "category": Category(app.category).label,
    }


def _review(visit: Visit, found: ConnectionShown, review: Undecided) -> dict[str, Any]:
    more = counted(review.more, "more field") if review.more else "to do more"
    waits = review.state is ReviewState.OPEN
    return {
        "tone": "warning" if waits else "notice",
        "title": f"{found.app.name} wants {more}" if waits else f"You declined version {review.after}",
        "text": f"Version {review.after} waits for your decision. Until you accept it, everything below stays as it is."
        if waits
        else "Everything below has stayed as it was. You can still accept it.",
        "link": {"label": "See what is new, and decide", "url": addresses.review(visit.site.slug, found.id)},
    }


def _dummy_site(visit: Visit, app: AboutApp) -> dict[str, Any]:
    """What an approval at a dummy site means. Source: the seed, "Can we approve an integration during migration?"."""
    link = {"label": "From dummy to live", "url": reverse("migration", args=[visit.site.slug])}
    return {
        "before": "Ids, such as student ID and staff ID, will change between your dummy site and your live site. "
        "An app that you approve now is still approved once this site has been wiped and filled again. "
        f"If you do approve it, tell {app.company} and all your other providers that the ids will change, so that they "
        "use the right ones once you have your final site.",
        "after": f"{app.name} will still be approved once this site has been wiped and filled again, but ids, such as "
        f"student ID and staff ID, will change. Tell {app.company}, so that they use the right ones once you have your "
        "final site. We tell them too, when the site is wiped and when the new ids can be read.",
        "link": link if visit.may(Page.MIGRATION) else None,
    }


def _state_sentence(found: ConnectionShown, now: datetime) -> str:
    if found.state is State.PENDING or found.decided_at is None:
        return f"Asked on {moment(found.requested_at, now).text}. Waiting for a decision."
    suspended = " The operator has suspended it: it reads nothing." if found.app.is_suspended else ""
    return f"{STATES[found.state]} on {moment(found.decided_at, now).text} by {found.decided_by}.{suspended}"


def _standing(found: ConnectionShown) -> str:
    """What the ticks of the table do not give, where they give nothing."""
    if found.state is State.REJECTED:
        return f"What {found.app.name} would read if approved again; it can read nothing now."
    if found.state is State.PENDING:
        return f"What {found.app.name} would read if approved; it can read nothing now."
    return f"{found.app.name} is suspended: it can read nothing now." if found.app.is_suspended else ""


def extent_sentence(asked: tuple[AskedType, ...]) -> str:
    """How much is asked for, and how much of it is special category data."""
    much = extent(asked)
    return f"{summary(much)}, {much.special:,} of them special category data" if much.special else summary(much)


def permission_row(asked: AskedType) -> dict[str, Any]:
    """One data type of a version, as the table of permissions shows it."""
    labels = [field.label for field in asked.fields]
    return {
        "data_type": asked.label,
        "fields_label": _fields_label(labels, is_whole=asked.is_whole),
        "fields": _fields(asked) or ["Identity: its id and display name"],
        "read": Action.READ in asked.actions,
        "write": Action.WRITE in asked.actions,
        "update": Action.UPDATE in asked.actions,
        "delete": Action.DELETE in asked.actions,
        "special": _special(asked),
        "reason": asked.reason,
        "need": "" if asked.required else "Optional: the app works without it.",
    }


def _special(asked: AskedType) -> str:
    """Which of its fields are special category data: named when they are few, or else how many of how many."""
    special, fields = asked.special, len(asked.fields)
    if not special:
        return ""
    if len(special) == fields:
        return "Special category data"
    if len(special) <= _NAMED:
        return f"{joined(special)}: special category data"
    return f"{len(special)} of {counted(fields, 'field')} are special category data"


def _fields(asked: AskedType) -> list[str]:
    """All field names; the special ones are marked unless all are, which the row then says once."""
    marked = not all(field.special for field in asked.fields)
    return [
        f"{field.label} (special category data)" if field.special and marked else field.label for field in asked.fields
    ]


def _fields_label(labels: list[str], *, is_whole: bool) -> str:
    if not labels:
        return "Identity only"
    if is_whole:
        return f"All {counted(len(labels), 'field')}"
    more = len(labels) - _NAMED
    return ", ".join(labels[:_NAMED]) + (f" +{more}" if more > 0 else "")


def who_decides(visit: Visit) -> dict[str, Any]:
    """Whether the person may decide on apps here; else which permission that takes, and who can give it."""
    missing = None if visit.may(Page.PARTNER_APPS) else visit.missing(Page.PARTNER_APPS)
    return {
        "may_decide": missing is None,
        "missing_permission": missing.value if missing else "",
        "giver": visit.giver(missing) if missing else "",
    }


def _decision(visit: Visit, found: ConnectionShown) -> dict[str, Any]:
    address = [visit.site.slug, found.id]
    return who_decides(visit) | {
        "approve_url": "" if found.state is State.APPROVED else reverse("partner-app-approve", args=address),
        "reject_url": "" if found.state is State.REJECTED else reverse("partner-app-reject", args=address),
        "cancel_url": addresses.listed(visit.site.slug, found.state),
        "version": found.asked_id,
        "moves": found.moves,
        "told": "Your name and the time go on record. The app finds out with its next call.",
        "reads_from": "The app can read from the moment you approve.",
        "rejected": _REJECTED[found.state].format(company=found.app.company),
    }
