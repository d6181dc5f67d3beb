"""What surrounds a page that is no site's: a company's, and the operator's desk. The same frame, another menu."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consentry.people.models import User

Link = tuple[str, str]
"""A label and an address."""


@dataclass(frozen=True)
class Around:
    """What stands around the page: whose pages these are, of what kind, their first page, and the menu's sections."""

    heading: str
    kind: str
    home_url: str
    menu: tuple[tuple[str, tuple[Link, ...]], ...]


def frame(around: Around, user: User, open_at: str) -> dict[str, Any]:
    """The context that base.html names `shell`; `open_at` is the label of the menu that is open."""
    return {
        "site": {"name": around.heading, "kind": around.kind, "is_dummy": False, "home_url": around.home_url},
        "trust": None,
        "notifications": None,
        "person": {
            "name": user.name,
            "email": user.email,
            "here_as": "",
            "links": [
                {"label": "Your sites and companies", "url": reverse("start")},
                {"label": "Sign-in and security", "url": reverse("mfa_index")},
            ],
            "sign_out_url": reverse("account_logout"),
        },
        "menu": [
            {"label": label, "groups": [{"label": "", "links": [_link(*each, open_at) for each in links]}]}
            for label, links in around.menu
        ],
    }


def _link(label: str, url: str, open_at: str) -> dict[str, Any]:
    return {"label": label, "url": url, "current": label == open_at}
