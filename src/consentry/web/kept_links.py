"""What somebody has before them on the consent page: kept in their session until they decide, once, within minutes."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest

from consentry.connections.deciding import Seen
from consentry.web.link_request import LinkRequest
from consentry.web.visit import Visit

KEPT_FOR = timedelta(minutes=10)
_KEY = "connect_links"
_MOST = 5
"""How many consent pages may be open in one browser; the oldest goes."""


@dataclass(frozen=True)
class KeptLink:
    """What was shown: the request, and how the connection stood."""

    link: LinkRequest
    seen: Seen


def keep_link(request: HttpRequest, visit: Visit, link: LinkRequest, seen: Seen) -> str:
    """Keep it for this account; the name by which the page's form calls it."""
    name = secrets.token_urlsafe(16)
    row = {
        "link": link.as_kept(),
        "account": visit.account.id,
        "until": (visit.at + KEPT_FOR).isoformat(),
        "version": seen.version,
        "moves": seen.moves,
    }
    open_pages = list(request.session.get(_KEY, {}).items())[-(_MOST - 1) :]
    request.session[_KEY] = dict([*open_pages, (name, row)])
    return name


def take_link(request: HttpRequest, visit: Visit, name: str) -> KeptLink | None:
    """What was kept under this name in this session for this account; None if nothing, too old or taken before.

    Two that send one form at once both find it in their session: a row of the cache lets one of them through.
    """
    open_pages = request.session.get(_KEY, {})
    row = open_pages.get(name)
    if row is None:
        return None
    request.session[_KEY] = {other: kept for other, kept in open_pages.items() if other != name}
    is_first = cache.add(f"connect-link-{name}", value=True, timeout=KEPT_FOR.total_seconds() * 2)
    if not is_first or row["account"] != visit.account.id or datetime.fromisoformat(row["until"]) <= visit.at:
        return None
    return KeptLink(LinkRequest.kept(row["link"]), Seen(row["version"], row["moves"]))
