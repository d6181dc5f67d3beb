"""Who calls: an app by HTTP Basic (RFC 7617) or by a bearer token (RFC 6750). What it may do is not asked here."""

import base64
import binascii
import hashlib
from enum import Enum
from functools import lru_cache

from oauth2_provider.settings import oauth2_settings

from consentry.api.exchange import Call
from consentry.api.last_use import LAST_USE
from consentry.api.sites import find_site
from consentry.connections.reading.read import Caller
from consentry.partners.queries.secrets import verify_secret
from consentry.partners.queries.tokens import KnownToken, UnknownTokenError, known_token
from consentry.rules.identity import SchoolId
from consentry.rules.site_resource import slug_of


class Unknown(Enum):
    """Why nobody could be recognised."""

    NO_CREDENTIALS = "no credentials"
    BAD_CREDENTIALS = "bad credentials"
    BAD_TOKEN = "bad token"  # noqa: S105 - a reason


def authenticate(call: Call) -> Caller | Unknown:
    """The app that the call proves to come from. That its secret or token is still good is read with the data."""
    scheme, _, rest = (call.header("authorization") or "").strip().partition(" ")
    if scheme.lower() == "basic":
        return _by_secret(rest.strip())
    if scheme.lower() == "bearer":
        return _by_token(rest.strip())
    return Unknown.BAD_CREDENTIALS if scheme else Unknown.NO_CREDENTIALS


def _by_secret(encoded: str) -> Caller | Unknown:
    try:
        user, colon, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeError, ValueError):
        return Unknown.BAD_CREDENTIALS
    if not colon or "\0" in user:
        return Unknown.BAD_CREDENTIALS
    known = verify_secret(user, secret)
    if known is None:
        return Unknown.BAD_CREDENTIALS
    LAST_USE.used(known.id)
    return Caller(known.app, credential=known.id)


def _by_token(token: str) -> Caller | Unknown:
    checksum = hashlib.sha256(token.encode()).hexdigest()
    try:
        return _caller_of(checksum)
    except UnknownTokenError:
        return Unknown.BAD_TOKEN


@lru_cache(maxsize=5000)
def _caller_of(checksum: str) -> Caller:
    """The token's app, and the one site that it is bound to: they never change.

    Raises UnknownTokenError, which is not remembered, also for a token that somebody gave for no site that there is:
    such a one would open every site.
    """
    token = known_token(checksum)
    if not token.by_person and not token.resources:
        return Caller(token.app, token=token.id)
    return Caller(token.app, token=token.id, bound_to=_site_of(token))


def _site_of(token: KnownToken) -> SchoolId:
    for resource in token.resources[:1]:
        school = find_site(slug_of(oauth2_settings.OIDC_ISS_ENDPOINT, resource) or "")
        if school is not None:
            return school
    raise UnknownTokenError
