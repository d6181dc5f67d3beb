"""The surfaces for programs as one WSGI application: which address belongs to which surface and site."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_plus

from consentry.api.challenge import challenges
from consentry.api.exchange import Call, Reply, StartResponse, UnusableCallError, call_from
from consentry.api.last_use import LAST_USE
from consentry.api.outage import answering
from consentry.api.partner_side import application as partner_side
from consentry.api.rest_v2.application import RestV2
from consentry.api.rest_v2.parameters import LARGEST_SIZE
from consentry.api.rest_v2.replies import failed
from consentry.api.rest_v2.xml import as_xml
from consentry.api.sites import HEADER, find_site

REST_V2 = "rest-v2"
LARGEST_XML = 1_000
"""Records on a page of XML: it is made in the worker's memory, not by the database."""


class Surfaces:
    """Answers what is a surface's, and hands everything else on to the pages."""

    def __init__(self, rest_v2: RestV2, pages: Any) -> None:
        self.rest_v2 = rest_v2
        self.pages = pages

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """WSGI (PEP 3333)."""
        raw = environ.get("PATH_INFO", "")
        slug, steps = _split(raw)
        if raw == partner_side.ADDRESS:
            reply = answering(lambda: self._partner_side(environ))
            return LAST_USE.after(reply.send(environ["REQUEST_METHOD"], start_response))
        if steps is None:
            answered: Iterable[bytes] = self.pages(environ, start_response)
            return answered
        reply = answering(lambda: self._reply(environ, slug, steps))
        return LAST_USE.after(reply.send(environ["REQUEST_METHOD"], start_response))

    def _partner_side(self, environ: dict[str, Any]) -> Reply:
        try:
            return partner_side.answer(call_from(environ), self.rest_v2.limit, self.rest_v2.failures)
        except UnusableCallError as error:
            return failed(error.status, error.why, kind="UnusableCall")

    def _reply(self, environ: dict[str, Any], slug: str, steps: list[str]) -> Reply:
        try:
            call = call_from(environ)
            if not call.path.isascii():  # as text: what WSGI hands over are bytes that look like it
                steps = _split(call.path)[1] or []
            in_xml = _wants_xml(call)
            largest = LARGEST_XML if in_xml else LARGEST_SIZE
            site = _site(call, slug)
            reply = self.rest_v2.answer(call, site, steps, largest=largest)
            if reply.status == HTTPStatus.UNAUTHORIZED:
                reply.headers += challenges(call, None if site is None else slug or call.header(HEADER))
        except UnusableCallError as error:
            return failed(error.status, error.why, kind="UnusableCall")
        return as_xml(reply) if in_xml else reply


def _split(path: str) -> tuple[str, list[str] | None]:
    """The site's slug ("" at the root) and the steps behind `rest-v2`, or None for an address that is no surface's.

    Empty steps and a doubled `rest-v2` are passed over: base URLs of existing apps make both.
    """
    steps = [step for step in path.split("/") if step]
    position = steps.index(REST_V2) if REST_V2 in steps[:2] else None
    if position is None:
        return "", None
    slug = steps[0] if position == 1 else ""
    return slug, [step for step in steps[position + 1 :] if step != REST_V2]


def _site(call: Call, slug: str) -> Any:
    named = call.header(HEADER)
    if slug and named and slug != named:
        raise UnusableCallError(f"The path names the site {slug}, the header {HEADER} another.")
    return find_site(slug or named or "")


def _wants_xml(call: Call) -> bool:
    """JSON unless XML was asked for by `format=xml`, or by an Accept header that names XML and not JSON."""
    for parameter in call.query.split("&") if "format=" in call.query else ():
        name, _, value = parameter.partition("=")
        if name == "format":
            return unquote_plus(value).lower() == "xml"
    accept = (call.header("accept") or "").lower()
    return "xml" in accept and "json" not in accept and "html" not in accept
