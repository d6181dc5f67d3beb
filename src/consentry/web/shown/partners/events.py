"""Events of a company, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.rules.readiness import Check

_WORDS = {
    EventName.COMPANY_ADDED: "Company added by the operator",
    EventName.COMPANY_REGISTERED: "Company registered",
    EventName.COMPANY_CHANGED: "Company details changed",
    EventName.COMPANY_ACCEPTED: "Company accepted",
    EventName.COMPANY_DECLINED: "Company declined",
    EventName.COMPANY_TOLD: "Company told by email",
    EventName.COMPANY_LINK_ASKED: "Link asked for",
    EventName.COMPANY_LINK_MAILED: "Link mailed",
    EventName.COMPANY_LINK_ENDED: "Invitation called off",
    EventName.MEMBER_INVITED: "Somebody invited",
    EventName.MEMBER_JOINED: "Member joined",
    EventName.MEMBER_ROLE_CHANGED: "Role changed",
    EventName.MEMBER_REMOVED: "Member removed",
    EventName.SANDBOX_BEGUN: "Sandbox begun",
    EventName.SANDBOX_OPENED: "Sandbox ready",
    EventName.APP_REGISTERED: "App added",
    EventName.APP_CHANGED: "App changed",
    EventName.APP_NEEDS_DECLARED: "What the sync needs declared",
    EventName.APP_SUBMITTED: "App put before the operator",
    EventName.APP_ACCEPTED: "App accepted",
    EventName.APP_DECLINED: "App declined",
    EventName.APP_SUSPENDED: "App suspended",
    EventName.APP_RESUMED: "App let go on",
    EventName.APP_WENT_LIVE: "App made live",
    EventName.APP_TAKEN_BACK: "App no longer live",
    EventName.REDIRECT_URIS_SET: "Redirect addresses of the connect link changed",
    EventName.DRAFT_SAVED: "Draft of what it asks for saved",
    EventName.DRAFT_DISCARDED: "Draft of what it asks for dropped",
    EventName.LOGO_SET: "Logo set",
    EventName.LOGO_REMOVED: "Logo removed",
    EventName.APP_BEHIND_ADDED: "App behind it declared",
    EventName.APP_BEHIND_ENDED: "App behind it ended",
    EventName.VERSION_PUBLISHED: "Version published",
    EventName.SECRET_ISSUED: "Secret issued",
    EventName.SECRET_REVOKED: "Secret revoked",
    EventName.TOKENS_ENDED: "Tokens of the connect link ended",
}

_OF_DRAFTS = {EventName.DRAFT_SAVED, EventName.DRAFT_DISCARDED}
"""Of whose subject there is no more to say than which app's it is."""


def what(event: Event) -> str:
    """What happened; an event without words of its own is named as programs know it."""
    try:
        return _WORDS[EventName(event.name)]
    except (KeyError, ValueError):
        return event.name.replace(".", ": ").replace("_", " ").capitalize()


@dataclass(frozen=True)
class Names:
    """What the people and apps are called that events name by number."""

    people: Mapping[int, str]
    apps: Mapping[int, str]


def people_named(events: Iterable[Event]) -> set[int]:
    """The numbers of the people that these events are about."""
    return {event.details["user"] for event in events if isinstance(event.details.get("user"), int)}


def about(event: Event, names: Names) -> str:
    """What it happened to, with the details that tell more."""
    said = event.details
    subject = names.people.get(said.get("user", 0)) or event.subject_name
    if (app := names.apps.get(said.get("app", 0))) is not None:
        subject = app if event.name in _OF_DRAFTS else f"{app}: {subject}"
    more = _more(said)
    return f"{subject}: {more}" if more else subject


def _more(said: Mapping[str, Any]) -> str:
    if isinstance(fields := said.get("fields"), list):
        return ", ".join(str(each).replace("_", " ") for each in fields)
    if isinstance(checks := said.get("checks"), list):
        return ", ".join(_check(str(each)) for each in checks)
    more = said.get("role") or said.get("site")
    return more if isinstance(more, str) else ""


def _check(name: str) -> str:
    try:
        return Check(name).label
    except ValueError:
        return name
