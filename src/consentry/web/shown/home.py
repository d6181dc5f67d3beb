"""A site's home, as sites/home.html shows it: what needs a person."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.connections.queries.needs_attention import Attention
from consentry.people.models import Notification
from consentry.returns.models import Submission
from consentry.rules.connection_life import State
from consentry.web import addresses
from consentry.web.sentences import TABS, counted, moment, moment_or_none
from consentry.web.shown.returns.failing import shown_failed
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

_MIDDAY, _EVENING = 12, 18
_FIRST_FEW = 5
_ABOUT_WAITING = "What you have not read is about the pending requests on this page."
_ABOUT_BOTH = "What you have not read is about apps that are named on this page."


@dataclass(frozen=True)
class WaitingSchool:
    """A school of the trust, and how many requests wait there."""

    slug: str
    name: str
    waiting: int


@dataclass(frozen=True)
class Needs:
    """What waits for a person: requests, wider versions, apps that stopped calling, a trust's schools, failed sendings.

    `schools` is None where nobody looks across a trust's schools. `failed` is what of the school's attendance was not
    received.
    """

    pending: Attention
    reviews: Attention
    quiet: Attention
    schools: list[WaitingSchool] | None
    failed: list[Submission]


def shown_home(
    visit: Visit, counts: dict[State, int], needs: Needs, unread: tuple[list[Notification], int]
) -> dict[str, Any]:
    """The context that the template names `home`."""
    slug = visit.site.slug
    waiting = {addresses.app(slug, each.id) for each in needs.pending.rows}
    waiting |= {addresses.review(slug, each.id) for each in needs.reviews.rows}
    return {
        "greeting": f"{_greeting(visit)}, {visit.user.name.split()[0]}",
        "sentence": _sentence(needs),
        "waiting": _needs(visit, needs.pending, State.PENDING),
        "reviews": _reviews(visit, needs.reviews),
        "schools": None if needs.schools is None else _at_schools(visit, needs.schools),
        "failed": shown_failed(visit, needs.failed),
        "unread": {
            "count": unread[1],
            "all_url": reverse("notifications", args=[slug]),
            "rows": [_told(each, visit) for each in unread[0] if each.path not in waiting],
        },
        "unread_empty": _unread_empty(unread[1], needs.reviews.count),
        "quiet": _needs(visit, needs.quiet, State.APPROVED),
        "quiet_empty": "No app has been quiet for two weeks." if counts[State.APPROVED] else "No app is connected.",
        "figures": [
            {"label": _label(state, counts[state]), "text": f"{counts[state]:,}", "url": addresses.listed(slug, state)}
            for state in TABS
        ],
    }


def _unread_empty(unread: int, reviews: int) -> str:
    if not unread:
        return "Nothing is unread."
    return _ABOUT_BOTH if reviews else _ABOUT_WAITING


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


def _sentence(needs: Needs) -> str:
    pending, reviews, schools = needs.pending.count, needs.reviews.count, needs.schools
    waiting = f"{counted(pending, 'app is', 'apps are') if pending else 'No app is'} waiting for a decision"
    more = f" {counted(reviews, 'app asks', 'apps ask')} for more than you approved." if reviews else ""
    if schools is not None:
        requests = sum(each.waiting for each in schools)
        there = counted(requests, "request waits", "requests wait") if requests else "no request waits"
        return f"{waiting} by the trust itself, and {there} at its schools.{more}"
    return more.strip() if more and not pending else f"{waiting}.{more}"


def _reviews(visit: Visit, reviews: Attention) -> dict[str, Any]:
    shown = _needs(visit, reviews, State.APPROVED)
    for row, each in zip(shown["rows"], reviews.rows, strict=True):
        row["url"] = addresses.review(visit.site.slug, each.id)
    return shown


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
