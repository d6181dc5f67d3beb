"""What a person was told at a site, as notifications/list.html shows it."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from consentry.people.models import Notification
from consentry.people.queries import notifications_of
from consentry.web.sentences import moment
from consentry.web.shown.paging import paging
from consentry.web.visit import Visit

A_PAGE = 20


def shown_notifications(visit: Visit, *, unread: int, only_unread: bool, page: int) -> dict[str, Any]:
    """The context that the template names `notifications`. Two or three queries."""
    told = notifications_of(visit.account)
    pages = Paginator(told.filter(read_at=None) if only_unread else told, A_PAGE)
    here = pages.get_page(page)
    address = reverse("notifications", args=[visit.site.slug])
    query = "" if only_unread else "show=all&"
    return {
        "tabs": [
            {"label": "Unread", "count": unread, "url": address, "current": only_unread},
            {"label": "All", "count": None, "url": f"{address}?show=all", "current": not only_unread},
        ],
        "items": [_item(visit, each) for each in here],
        "mark_all_url": address if unread else "",
        "pagination": paging(here.number, pages.count, A_PAGE, "notification", lambda number: f"?{query}page={number}"),
    }


def _item(visit: Visit, told: Notification) -> dict[str, Any]:
    return {
        "id": told.id,
        "title": told.title,
        "text": told.text,
        "url": told.path,
        "when": moment(told.made_at, visit.at),
        "is_unread": told.read_at is None,
    }
