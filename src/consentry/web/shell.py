"""What surrounds every page of a site: its name, the person, the menu, how many notifications are unread."""

from enum import Enum
from typing import Any

from django.urls import reverse

from consentry.audit.reading import reading
from consentry.connections.queries.what_was_told import what_was_told
from consentry.rules.connection_life import State
from consentry.web import addresses
from consentry.web.visit import Visit


class Place(Enum):
    """The page of the menu that is open."""

    HOME = "Home"
    NOTIFICATIONS = "Notifications"
    PARTNER_APPS = "Partner Apps (API Users)"


def shell(visit: Visit, place: Place) -> dict[str, Any]:
    """The context that base.html names `shell`. One query, in a transaction of its own."""
    with reading(visit.school):
        unread = what_was_told(visit.account, visit.site, only_open=True).count()
    return {
        "site": {
            "name": visit.site.name,
            "kind": visit.site.get_kind_display(),
            "is_dummy": visit.site.is_dummy,
            "home_url": addresses.home(visit.site.slug),
        },
        "trust": None,
        "notifications": {
            "url": reverse("notifications", args=[visit.site.slug]),
            "unread": unread,
        },
        "person": {
            "name": visit.user.name,
            "email": visit.user.email,
            "links": [
                {"label": "Your sites", "url": reverse("start")},
                {"label": "Change your password", "url": reverse("account_change_password")},
            ],
            "sign_out_url": reverse("account_logout"),
        },
        "menu": _menu(visit.site.slug, place),
    }


def _menu(slug: str, place: Place) -> list[dict[str, Any]]:
    overview = [
        _link(Place.HOME, addresses.home(slug), place),
        _link(Place.NOTIFICATIONS, reverse("notifications", args=[slug]), place),
    ]
    system = [_link(Place.PARTNER_APPS, addresses.listed(slug, State.PENDING), place)]
    return [
        {"label": "Overview", "groups": [{"label": "", "links": overview}]},
        {"label": "System", "groups": [{"label": "", "links": system}]},
    ]


def _link(page: Place, url: str, place: Place) -> dict[str, Any]:
    return {"label": page.value, "url": url, "current": page is place}
