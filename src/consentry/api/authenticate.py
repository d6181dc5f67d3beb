"""Who calls: an app by HTTP Basic (RFC 7617) or by a bearer token (RFC 6750). What it may do is not asked here."""

import base64
import binascii
import hashlib
from enum import Enum
from functools import lru_cache

from consentry.api.exchange import Call
from consentry.api.last_use import LAST_USE
from consentry.connections.reading.read import Caller
from consentry.partners.queries.secrets import verify_secret
from consentry.partners.queries.tokens import UnknownTokenError, token_and_app


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
        token_id, app = _token(checksum)
    except UnknownTokenError:
        return Unknown.BAD_TOKEN
    return Caller(app, token=token_id)


@lru_cache(maxsize=5000)
def _token(checksum: str) -> tuple[int, int]:
    """The token's id and its app's: they never change. Raises UnknownTokenError, which is not remembered."""
    return token_and_app(checksum)
