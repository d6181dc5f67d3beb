"""A review at one site, as partner_apps/review.html and its slide-over show it."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from consentry.connections.queries.differences import Difference, fields_more
from consentry.connections.queries.reviews import ReviewShown
from consentry.rules.connection_life import State
from consentry.rules.grants import Action
from consentry.rules.review_life import ReviewState
from consentry.web import addresses
from consentry.web.sentences import counted, moment
from consentry.web.shown.app import READING_ALONE, who_decides
from consentry.web.shown.apps_list import initials
from consentry.web.shown.differences import shown_less, shown_more
from consentry.web.visit import Visit

TONES = {
    ReviewState.OPEN: "notice",
    ReviewState.ACCEPTED: "good",
    ReviewState.DECLINED: "bad",
    ReviewState.SUPERSEDED: "neutral",
    ReviewState.WITHDRAWN: "neutral",
}
_DECIDED = {ReviewState.ACCEPTED: "Accepted", ReviewState.DECLINED: "Declined"}


def shown_review(visit: Visit, found: ReviewShown) -> dict[str, Any]:
    """The context of the page and of the slide-over."""
    app = found.app
    return {
        "app": {
            "name": app.name,
            "initials": initials(app.name),
            "logo_url": addresses.logo(app.id, app.logo),
            "company": app.company,
            "company_contact": app.company_contact,
            "company_email": app.company_email,
            "privacy_notice": addresses.safe_link(app.privacy_notice),
            "url": addresses.app(visit.site.slug, found.connection),
        },
        "review": {
            "tag": {"label": found.state.label, "tone": TONES[found.state]},
            "sentence": _sentence(found, visit.at),
            "extent": extent_of_change(found.differences),
            "before": found.before.number,
            "after": found.after.number,
            "note": found.after.note,
            "more": shown_more(found.differences, found.records),
            "less": shown_less(found.differences),
            "reading_alone": READING_ALONE if _asks_to_write(found.differences) else "",
            "notice": _notice(found),
        },
        "decision": _decision(visit, found),
        "back": {
            "label": app.name,
            "url": addresses.app(visit.site.slug, found.connection),
        },
    }


def extent_of_change(found: tuple[Difference, ...]) -> str:
    """How much more is wanted: "2 more fields, 1 of them special category data"."""
    fields = fields_more(found)
    special = sum(each.special for change in found for each in change.fields_added)
    if not fields:
        return "It wants to do more with data that it has already." if any(each.asks_more for each in found) else ""
    marked = f", {special:,} of them special category data" if special else ""
    return f"It wants {counted(fields, 'more field')}{marked}."


def _asks_to_write(found: tuple[Difference, ...]) -> bool:
    return any(set(each.actions_added) - {Action.READ} for each in found)


def _sentence(found: ReviewShown, now: datetime) -> str:
    asked = f"Asked on {moment(found.opened_at, now).text}."
    if found.state in _DECIDED and found.decided_at:
        return f"{asked} {_DECIDED[found.state]} on {moment(found.decided_at, now).text} by {found.decided_by}."
    return f"{asked} Waiting for a decision." if found.state is ReviewState.OPEN else asked


def _notice(found: ReviewShown) -> dict[str, Any] | None:
    """What is to be known before anything else: that there is nothing to decide any more, or what was."""
    name = found.app.name
    words = {
        ReviewState.ACCEPTED: ("success", "This was accepted", f"{name} has had what is listed here since then."),
        ReviewState.DECLINED: (
            "notice",
            "This was declined",
            f"Version {found.before.number} has stayed in force. Version {found.after.number} can still be accepted.",
        ),
        ReviewState.SUPERSEDED: (
            "notice",
            "There is nothing to decide here any more",
            f"{found.app.company} has published a later version since: this one will not come into force.",
        ),
        ReviewState.WITHDRAWN: (
            "notice",
            "There is nothing to decide here any more",
            f"{name} was rejected before anybody decided. Whoever approves it again approves what it asks for now.",
        ),
    }
    if found.state not in words:
        return None
    tone, title, text = words[found.state]
    return {"tone": tone, "title": title, "text": text}


def _decision(visit: Visit, found: ReviewShown) -> dict[str, Any]:
    address = [visit.site.slug, found.connection]
    can_accept = found.state in {ReviewState.OPEN, ReviewState.DECLINED}
    return who_decides(visit) | {
        "accept_url": reverse("partner-app-review-accept", args=address) if can_accept else "",
        "decline_url": reverse("partner-app-review-decline", args=address) if found.state is ReviewState.OPEN else "",
        "cancel_url": addresses.listed(visit.site.slug, State.APPROVED),
        "review": found.id,
        "moves": found.moves,
        "accepted": f"Version {found.after.number} is in force at once: {found.app.name} gets what is new from its "
        "next call on" + (", and no longer what goes." if any(each.asks_less for each in found.differences) else "."),
        "declined": f"Nothing changes: version {found.before.number} stays in force as it is. You can accept later.",
        "told": "Your name and the time go on record, and a receipt goes to everybody here who may decide.",
    }
