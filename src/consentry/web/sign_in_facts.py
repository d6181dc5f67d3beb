"""Who is at the other end of a request, as far as the Login History tells: the address and the browser, in words."""

import re
from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address

from django.http import HttpRequest
from ua_parser import parse

from consentry.people.actions.note_sign_in import SignInFacts

_LONGEST_HEADER = 400
_LONGEST_WORDS = 100
_UNSEEN = re.compile(r"[^\x20-\x7e]+")


def sign_in_facts(
    request: HttpRequest, *, at: datetime, provider: str = "password", second_factor: str = ""
) -> SignInFacts:
    """What a request tells of an attempt to sign in."""
    header = request.headers.get("User-Agent", "")
    return SignInFacts(at, provider, second_factor, client_address(request), browser_in_words(header))


def client_address(request: HttpRequest) -> str | None:
    """The caller's address, or None where it has none that is one.

    The server has put it there: that of the connection, or what a proxy that the configuration names said of it. What a
    caller writes into X-Forwarded-For by themselves is never read.
    """
    try:
        found = ip_address(str(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if found.version == 6 else None  # noqa: PLR2004 - IPv6
    return str(mapped or found).partition("%")[0]


@lru_cache(maxsize=500)
def browser_in_words(header: str) -> str:
    """As in "Chrome 131 on Windows"; "" for a header that no browser sends."""
    found = parse(header[:_LONGEST_HEADER])
    named = found.user_agent
    browser = "" if named is None else " ".join(part for part in (named.family, named.major) if part)
    words = " on ".join(part for part in (browser, found.os.family if found.os else "") if part)
    return _UNSEEN.sub(" ", words)[:_LONGEST_WORDS]
