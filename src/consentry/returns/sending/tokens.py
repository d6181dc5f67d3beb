"""Access tokens of collectors: asked for by client credentials (RFC 6749, 4.4), kept until they are about to expire."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from time import monotonic
from typing import Any, Final

from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error

from consentry.returns.credentials import client_secrets
from consentry.returns.models import Collector
from consentry.returns.sending.line import Answered, Line
from consentry.rules.return_answers import Verdict, outcome_of

_MARGIN: Final = 60
_USUAL: Final = 3600
_SHORTEST: Final = 5
_B64TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]{1,8000}=*")
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


class TokenRefusedError(Exception):
    """The collector's token endpoint took neither secret; `status` and `text` are its last answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"token endpoint answered {status}")
        self.status = status
        self.text = text


class TokenEndpointError(Exception):
    """The token endpoint could not say: it failed, or is busy."""

    def __init__(self, answered: Answered) -> None:
        super().__init__(f"token endpoint answered {answered.status}")
        self.answered = answered


@dataclass(frozen=True)
class _Kept:
    token: str
    until: float


_kept: dict[tuple[object, ...], _Kept] = {}
_lock = Lock()


def token_for(collector: Collector, line: Line) -> str:
    """A token that is good, from the memory of this process or from the collector.

    Raises TokenRefusedError, TokenEndpointError, and what `requests` raises.
    """
    with _lock:
        kept = _kept.get(_key(collector))
    if kept is not None and kept.until > monotonic():
        return kept.token
    token, seconds = _ask(collector, line)
    with _lock:
        _kept[_key(collector)] = _Kept(token, monotonic() + max(_SHORTEST, seconds - _MARGIN))
    return token


def forget_token(collector: Collector) -> None:
    """Ask for another one the next time: the collector does not take this one."""
    with _lock:
        _kept.pop(_key(collector), None)


def _key(collector: Collector) -> tuple[object, ...]:
    """What a token belongs to: with other credentials or another address comes another one."""
    sealed = (bytes(each or b"") for each in (collector.first_secret, collector.second_secret))
    return (collector.id, collector.token_url, collector.client_id, collector.oauth_scope, *sealed)


def _ask(collector: Collector, line: Line) -> tuple[str, float]:
    """A new token and the seconds for which it is good; the second secret is tried where the first is refused."""
    refused = TokenRefusedError(HTTPStatus.UNAUTHORIZED, "no secret is set")
    for secret in client_secrets(collector):
        try:
            return _ask_with(secret, collector, line)
        except TokenRefusedError as by_this:
            refused = by_this
    raise refused


def _ask_with(secret: str, collector: Collector, line: Line) -> tuple[str, float]:
    client = BackendApplicationClient(client_id=collector.client_id)
    body = client.prepare_request_body(
        scope=collector.oauth_scope or None, include_client_id=True, client_secret=secret
    )
    answered = line.post(collector.token_url, body, _FORM).without(secret)
    if outcome_of(answered.status).verdict is Verdict.AGAIN:
        raise TokenEndpointError(answered)
    try:
        said: dict[str, Any] = client.parse_request_body_response(answered.text)
        return _usable(said["access_token"]), float(said.get("expires_in") or _USUAL)
    except (OAuth2Error, AttributeError, TypeError, ValueError, OverflowError, RecursionError) as refused:
        raise TokenRefusedError(answered.status, _without_token(answered.text)) from refused


def _usable(token: object) -> str:
    """The token, as it can stand in a header (RFC 6750, 2.1). Raises ValueError."""
    if not isinstance(token, str) or _B64TOKEN.fullmatch(token) is None:
        raise ValueError
    return token


def _without_token(text: str) -> str:
    """What the endpoint said, for people to read; nothing of an answer that may hold a token."""
    return "" if "access_token" in text else text
