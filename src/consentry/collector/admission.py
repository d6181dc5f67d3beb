"""Who may ask: by a token, by a subscription key, by the control key."""

import hmac
from http import HTTPStatus

from flask import request

from consentry.collector.answers import RefusedError
from consentry.collector.card import Credentials
from consentry.collector.database import Database
from consentry.collector.flaws import Flaw
from consentry.collector.tokens import opens


def are_same(given: str | None, wanted: str) -> bool:
    """Whether it is the secret that is wanted; how long that takes tells nothing."""
    return given is not None and hmac.compare_digest(given.encode(), wanted.encode())


def demand_token(database: Database) -> None:
    """Raise RefusedError (401) unless the request bears a token that is good (RFC 6750)."""
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise _unauthorised("no_token", "A bearer token is needed.", "Bearer")
    if not opens(database, given.token):
        raise bad_token()


def bad_token() -> RefusedError:
    """What is said of a token that is not good, or no longer."""
    return _unauthorised("bad_token", "The token is not good, or has ended.", 'Bearer error="invalid_token"')


def demand_subscription(credentials: Credentials) -> None:
    """Raise RefusedError (403) unless the request has the subscription key, where there is one."""
    wanted = credentials.subscription_key
    if wanted is not None and not are_same(request.headers.get("Ocp-Apim-Subscription-Key"), wanted):
        raise RefusedError(HTTPStatus.FORBIDDEN, Flaw("bad_subscription_key", "The subscription key is not good."))


def demand_control(credentials: Credentials) -> None:
    """Raise RefusedError (401) unless the request has the control key."""
    if not are_same(request.headers.get("Control-Key"), credentials.control_key):
        raise _unauthorised("bad_control_key", "The control key is not good.", "Control-Key")


def _unauthorised(code: str, message: str, challenge: str) -> RefusedError:
    return RefusedError(HTTPStatus.UNAUTHORIZED, Flaw(code, message), {"WWW-Authenticate": challenge})
