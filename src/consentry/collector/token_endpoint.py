"""The token endpoint: client credentials (RFC 6749, 4.4), as a form or by Basic authentication."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote_plus

from flask import Response, request
from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, OAuth2Error, RequestValidator
from werkzeug.datastructures import Authorization

from consentry.collector.admission import are_same
from consentry.collector.card import Credentials
from consentry.collector.database import Database
from consentry.collector.faults import OF_TOKENS, Fault, strikes
from consentry.collector.tokens import keep_token


class _Validator(RequestValidator):  # type: ignore[misc]
    """What oauthlib asks about the one client there is. It has no scopes: whoever asks for one is refused."""

    def __init__(self, database: Database, credentials: Credentials) -> None:
        super().__init__()
        self.database = database
        self.credentials = credentials

    def authenticate_client(self, request: Request, *_args: object, **_kwargs: object) -> bool:
        """Whether the id is the client's and the secret is one of its two."""
        client_id, secret = _given(request)
        request.client = SimpleNamespace(client_id=client_id)
        first, second = self.credentials.client_secrets
        if not are_same(client_id, self.credentials.client_id):
            return False
        if are_same(secret, first):
            return strikes(self.database, OF_TOKENS).fault is Fault.NONE
        return are_same(secret, second)

    def validate_grant_type(self, *_args: object, **_kwargs: object) -> bool:
        """The client may use the one grant type that is here."""
        return True

    def get_default_scopes(self, *_args: object, **_kwargs: object) -> None:
        """None, so that an answer speaks of none."""

    def validate_scopes(self, _client_id: str, scopes: list[str] | None, *_args: object, **_kwargs: object) -> bool:
        """Whether no scope is asked for."""
        return not scopes

    def save_bearer_token(self, token: dict[str, Any], _request: Request, *_args: object, **_kwargs: object) -> None:
        """Keep the token's fingerprint."""
        keep_token(self.database, token["access_token"], seconds=token["expires_in"])


class TokenEndpoint:
    """Answers requests for a token, each good for so many seconds."""

    def __init__(self, database: Database, credentials: Credentials, *, seconds: int) -> None:
        self._server = BackendApplicationServer(_Validator(database, credentials), token_expires_in=seconds)

    def answer(self) -> Response:
        """A token, or an error of RFC 6749, 5.2."""
        body = request.get_data(as_text=True) if request.mimetype == "application/x-www-form-urlencoded" else ""
        try:
            headers, text, status = self._server.create_token_response(
                request.url, request.method, body, dict(request.headers)
            )
        except OAuth2Error as error:  # found before the kind of grant is looked at
            headers, text, status = {"Content-Type": "application/json"}, error.json, error.status_code
        return Response(text, status, headers)


def _given(request: Request) -> tuple[str, str]:
    """The id and the secret. By Basic authentication they come encoded as in a form (RFC 6749, 2.3.1)."""
    header = Authorization.from_header(request.headers.get("Authorization"))
    if header is not None and header.type == "basic":
        return unquote_plus(header.username or ""), unquote_plus(header.password or "")
    return request.client_id or "", request.client_secret or ""
