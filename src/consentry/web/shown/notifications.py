"""What a person was told at a site, as notifications/list.html shows it."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from consentry.connections.queries.what_was_told import Decided, decided_since, what_was_told
from consentry.people.models import Notification
from consentry.rules.connection_life import State
from consentry.rules.pages import Page
from consentry.web.sentences import STATES, moment
from consentry.web.shown.paging import paging
from consentry.web.visit import Visit

A_PAGE = 20

_EMPTY = {
    True: "You are told here, and by email, when an app asks to connect.",
    False: "When an app asks to connect, those are told who may approve it. You may not.",
}


def shown_notifications(visit: Visit, *, unread: int, only_unread: bool, page: int) -> dict[str, Any]:
    """The context that the template names `notifications`. Two or three queries."""
    told = what_was_told(visit.account, visit.site, only_open=only_unread)
    pages = Paginator(told, A_PAGE)
    here = pages.get_page(page)
    address = reverse("notifications", args=[visit.site.slug])
    query = "" if only_unread else "show=all&"
    return {
        "tabs": [
            {"label": "Unread", "count": unread, "url": address, "current": only_unread},
            {"label": "All", "count": None, "url": f"{address}?show=all", "current": not only_unread},
        ],
        "items": [_item(visit, each) for each in here],
        "empty": _EMPTY[visit.may(Page.PARTNER_APPS)],
        "mark_all_url": address if unread else "",
        "pagination": paging(here.number, pages.count, A_PAGE, "notification", lambda number: f"?{query}page={number}"),
    }


def _outcome(decided: Decided, now: datetime) -> str:
    state = decided.state
    words = STATES[state] if isinstance(state, State) else state.label
    return f"{words} by {decided.by}, {moment(decided.at, now).text}" if decided.at else words


def _item(visit: Visit, told: Notification) -> dict[str, Any]:
    decided = decided_since(told)
    outcome = _outcome(decided, visit.at) if decided else ""
    return {
        "id": told.id,
        "title": told.title,
        "text": outcome or told.text,
        "url": told.path,
        "when": moment(told.made_at, visit.at),
        "is_unread": told.read_at is None and decided is None,
    }
