"""What an app asks by the connect link: read once by the OAuth 2 toolkit, and what goes back to the app."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode, urlsplit

import oauthlib.oauth2
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from oauth2_provider.exceptions import FatalClientError, OAuthToolkitError
from oauth2_provider.oauth2_backends import get_oauthlib_core
from oauth2_provider.settings import oauth2_settings

from consentry.partners.queries.apps import app_by_user
from consentry.rules.site_resource import resource_of, slug_of

LONGEST = 4_000
"""Characters of the address behind the `?`: state and all."""

_S256 = re.compile(r"[A-Za-z0-9_-]{43}")
"""A SHA-256 as it is written (RFC 7636, 4.2)."""


class BrokenLinkError(Exception):
    """The link is not one that an app may send people by: they are told, and sent nowhere."""


class SendBackError(Exception):
    """The app is known and so is the way back to it: it is told what is wrong, and so is who is not sent there."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(why)
        self.address = address
        self.why = why


@dataclass(frozen=True)
class LinkRequest:
    """What a known app asks, to be sent back to an address of its own. `slug` is the site that it names, if it does."""

    client_id: str
    redirect_uri: str
    state: str
    scopes: tuple[str, ...]
    code_challenge: str
    slug: str | None

    @classmethod
    def kept(cls, kept: Mapping[str, Any]) -> "LinkRequest":
        """The same again from what `as_kept` gave."""
        return cls(**{**kept, "scopes": tuple(kept["scopes"])})

    def as_kept(self) -> dict[str, Any]:
        """As a session keeps it."""
        return {**asdict(self), "scopes": list(self.scopes)}

    @property
    def origin(self) -> str:
        """Where the app's address is, as a page's policy names it."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"

    def back(self, **said: str) -> str:
        """The address that brings this to the app, with its state and who says so (RFC 9207)."""
        return _back(self.redirect_uri, said, self.state)


def read_link(request: HttpRequest) -> LinkRequest:
    """What is asked. Raises BrokenLinkError, or SendBackError once it is certain to whom."""
    _check_query(request.META.get("QUERY_STRING", ""))
    try:
        scopes, said = get_oauthlib_core().validate_authorization_request(request)
        app_by_user(said["client_id"])
    except (FatalClientError, ObjectDoesNotExist, ValueError) as broken:
        raise BrokenLinkError from broken
    except OAuthToolkitError as wrong:
        error = wrong.oauthlib_error
        _send_back(error.redirect_uri, error.error, error.description, error.state)
    link = LinkRequest(
        said["client_id"],
        said["redirect_uri"],
        said["state"] or "",
        tuple(scopes),
        said["code_challenge"],
        _slug_asked(request),
    )
    if said["code_challenge_method"] != "S256" or not _S256.fullmatch(link.code_challenge):
        _send_back(link.redirect_uri, "invalid_request", "PKCE with S256 is needed.", link.state)
    if link.slug == "":
        _send_back(link.redirect_uri, "invalid_target", "The resource is no site.", link.state)
    return link


def code_for(link: LinkRequest, slug: str, user: object) -> str:
    """The address that brings the app a code, good once and for this site.

    Raises BrokenLinkError when the app has lost that address since.
    """
    server = get_oauthlib_core().server
    asked = {
        "client_id": link.client_id,
        "redirect_uri": link.redirect_uri,
        "response_type": "code",
        "code_challenge": link.code_challenge,
        "code_challenge_method": "S256",
        "resource": [resource_of(oauth2_settings.OIDC_ISS_ENDPOINT, slug)],
        "user": user,
    }
    try:
        headers, _, _ = server.create_authorization_response("/", scopes=list(link.scopes), credentials=asked)
    except oauthlib.oauth2.FatalClientError as lost:
        raise BrokenLinkError from lost
    said = dict(parse_qsl(urlsplit(headers["Location"]).query))
    return link.back(**said)


def _check_query(query: str) -> None:
    """Nothing stands twice (RFC 6749, 3.1), all of it is text, and it has an end."""
    try:
        unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeError as unreadable:
        raise BrokenLinkError from unreadable
    names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
    if len(query) > LONGEST or len(set(names)) < len(names):
        raise BrokenLinkError


def _slug_asked(request: HttpRequest) -> str | None:
    """The site that the app names (RFC 8707): None when it names none, "" when that is no site's address."""
    resource = request.GET.get("resource")
    return None if resource is None else slug_of(oauth2_settings.OIDC_ISS_ENDPOINT, resource) or ""


def _send_back(redirect_uri: str, error: str, description: str, state: str | None) -> None:
    told = {"error": error} | ({"error_description": description} if description else {})
    raise SendBackError(_back(redirect_uri, told, state or ""), description or f"{error}.")


def _back(redirect_uri: str, said: Mapping[str, str], state: str) -> str:
    """No registered address has a query of its own (rules/redirect_uris.py)."""
    told = {**said, "iss": oauth2_settings.OIDC_ISS_ENDPOINT}
    return f"{redirect_uri}?{urlencode(told | ({'state': state} if state else {}))}"
