"""Leading somebody to what is due, and from there back to where they were going: never to another site or service."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from consentry.web import addresses
from consentry.web.answers import LOOKING

NEXT = "next"
"""The name under which an address carries the way back."""


def lead_to(address: str, request: HttpRequest, slug: str) -> HttpResponse:
    """To this page of the site first, which carries the way back to the one that was asked for.

    What a form sent is lost by then, so from there on to the page that the form stood on. For htmx the whole page
    goes, not the part that it asked for.
    """
    asked = request.get_full_path() if request.method in LOOKING else _before(request)
    to = f"{address}?{urlencode({NEXT: back})}" if (back := _within(asked, slug)) else address
    if HtmxDetails(request):
        return HttpResponseClientRedirect(to)
    return HttpResponseRedirect(to, status=302 if request.method in LOOKING else 303)


def way_back(request: HttpRequest, slug: str) -> str:
    """Where `?next=…` leads, if that is a page of this site; else the site's home."""
    return _within(request.GET.get(NEXT, ""), slug) or addresses.home(slug)


def site_of_way(address: str) -> str:
    """The slug of the site to one of whose pages this path leads; "" for any other address."""
    return str(_found(address).get("site", ""))


def _before(request: HttpRequest) -> str:
    """The page that a form was sent from, as the browser names it; "" when it is another service's or not named."""
    referer = request.headers.get("Referer", "")
    is_own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(referer) if is_own else urlsplit("")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _within(address: str, slug: str) -> str:
    """The address, if it is the path of a page of this site; else ""."""
    return address if _found(address).get("site") == slug else ""


def _found(address: str) -> dict[str, Any]:
    """What the path of an address here is about; nothing for one that leads nowhere."""
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return {}
    try:
        return resolve(urlsplit(address).path).kwargs
    except Resolver404:
        return {}
