"""A site's home, as sites/home.html shows it: what needs a person."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.connections.queries.needs_attention import Attention
from consentry.people.models import Notification
from consentry.rules.connection_life import State
from consentry.web import addresses
from consentry.web.sentences import TABS, counted, moment, moment_or_none
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

_MIDDAY, _EVENING = 12, 18
_ABOUT_WAITING = "What you have not read is about the pending requests on this page."

_FIRST_FEW = 5


@dataclass(frozen=True)
class WaitingSchool:
    """A school of the trust, and how many requests wait there."""

    slug: str
    name: str
    waiting: int


def shown_home(
    visit: Visit,
    counts: dict[State, int],
    *,
    pending: Attention,
    quiet: Attention,
    unread: tuple[list[Notification], int],
    schools: list[WaitingSchool] | None = None,
) -> dict[str, Any]:
    """The context that the template names `home`; `schools` is None where nobody looks across a trust's schools."""
    slug = visit.site.slug
    waiting = {addresses.app(slug, each.id) for each in pending.rows}
    return {
        "greeting": f"{_greeting(visit)}, {visit.user.name.split()[0]}",
        "sentence": _sentence(pending.count, schools),
        "waiting": _needs(visit, pending, State.PENDING),
        "schools": None if schools is None else _at_schools(visit, schools),
        "unread": {
            "count": unread[1],
            "all_url": reverse("notifications", args=[slug]),
            "rows": [_told(each, visit) for each in unread[0] if each.path not in waiting],
        },
        "unread_empty": _ABOUT_WAITING if unread[1] else "Nothing is unread.",
        "quiet": _needs(visit, quiet, State.APPROVED),
        "quiet_empty": "No app has been quiet for two weeks." if counts[State.APPROVED] else "No app is connected.",
        "figures": [
            {"label": _label(state, counts[state]), "text": f"{counts[state]:,}", "url": addresses.listed(slug, state)}
            for state in TABS
        ],
    }


def _told(told: Notification, visit: Visit) -> dict[str, Any]:
    return {"title": told.title, "url": told.path, "detail": "", "when": moment(told.made_at, visit.at), "tag": None}


def _label(state: State, count: int) -> str:
    """What a figure counts: "Approved Apps", and "Approved App" for one."""
    return TABS[state].removesuffix("s") if count == 1 else TABS[state]


def _greeting(visit: Visit) -> str:
    hour = timezone.localtime(visit.at).hour
    if hour < _MIDDAY:
        return "Good morning"
    return "Good afternoon" if hour < _EVENING else "Good evening"


def _sentence(pending: int, schools: list[WaitingSchool] | None) -> str:
    waiting = f"{counted(pending, 'app is', 'apps are') if pending else 'No app is'} waiting for a decision"
    if schools is None:
        return f"{waiting}."
    requests = sum(each.waiting for each in schools)
    there = counted(requests, "request waits", "requests wait") if requests else "no request waits"
    return f"{waiting} by the trust itself, and {there} at its schools."


def _at_schools(visit: Visit, schools: list[WaitingSchool]) -> dict[str, Any]:
    console = reverse("apps-by-school", args=[visit.site.slug])
    pending = {"state": State.PENDING.value}
    return {
        "count": sum(each.waiting for each in schools),
        "all_url": with_query(console, pending | {"sort": "-waiting"}),
        "rows": [
            {
                "title": each.name,
                "url": with_query(console, pending | {"school": each.slug}),
                "detail": counted(each.waiting, "app waits", "apps wait"),
                "when": None,
                "tag": None,
            }
            for each in schools[:_FIRST_FEW]
        ],
    }


def _needs(visit: Visit, attention: Attention, state: State) -> dict[str, Any]:
    slug = visit.site.slug
    return {
        "count": attention.count,
        "all_url": addresses.listed(slug, state),
        "rows": [
            {
                "title": each.app,
                "url": addresses.app(slug, each.id),
                "detail": f"by {each.company}" + ("" if each.at else ", no call answered yet"),
                "when": moment_or_none(each.at, visit.at),
                "tag": None,
            }
            for each in attention.rows
        ],
    }
