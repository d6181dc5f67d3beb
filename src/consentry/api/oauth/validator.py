"""How the OAuth 2 server recognises an app: by the app's own secrets, the same that HTTP Basic takes.

And what an app may ask it for. What it gives by the connect link is in `chains`.
"""

import base64
import binascii
from typing import Any
from urllib.parse import unquote_plus

from oauthlib.common import Request

from consentry.api.last_use import LAST_USE
from consentry.api.oauth.chains import ChainedTokens
from consentry.partners.queries.apps import app_of_caller
from consentry.partners.queries.secrets import verify_secret

CLIENT_CREDENTIALS = "client_credentials"
CONNECT_LINK = frozenset({"authorization_code", "refresh_token"})
"""The grant types of an app that may be connected by link: one that has redirect URIs."""


class ConsentryValidator(ChainedTokens):
    """The toolkit's validator, with the secrets of partners/ in place of its single one."""

    def validate_grant_type(
        self,
        client_id: str,  # noqa: ARG002 - the toolkit hands it over
        grant_type: str,
        client: Any,
        request: Request,
        *args: object,  # noqa: ARG002 - the same
        **kwargs: object,  # noqa: ARG002 - the same
    ) -> bool:
        """Whether the app may use it: client credentials always; the toolkit's entry could hold one type alone.

        OAuthLib asks when it knows the client and before it looks at what the client came with: the place for the first
        of the locks.
        """
        self.keep_giver(request)
        return grant_type == CLIENT_CREDENTIALS or (grant_type in CONNECT_LINK and bool(client.redirect_uris))

    def validate_response_type(
        self,
        client_id: str,  # noqa: ARG002 - the toolkit hands it over
        response_type: str,
        client: Any,
        request: Request,  # noqa: ARG002 - the same
        *args: object,  # noqa: ARG002 - the same
        **kwargs: object,  # noqa: ARG002 - the same
    ) -> bool:
        """Whether the app may ask a person for this: for a code, where it has redirect URIs."""
        return response_type == "code" and bool(client.redirect_uris)

    def validate_redirect_uri(
        self,
        client_id: str,  # noqa: ARG002 - the toolkit hands it over
        redirect_uri: str,
        request: Request,
        *args: object,  # noqa: ARG002 - the same
        **kwargs: object,  # noqa: ARG002 - the same
    ) -> bool:
        """Whether it is registered, letter for letter (RFC 9700, 2.1), its port too: these are no native apps."""
        return redirect_uri in request.client.redirect_uris.split()

    def authenticate_client(self, request: Request, *args: object, **kwargs: object) -> bool:  # noqa: ARG002 - the toolkit hands them over
        """Whether the client id and secret belong together (RFC 6749 2.3.1): by header or by body, never by both."""
        by_header, by_body = self._from_header(request), self._from_body(request)
        if (by_header is None) == (by_body is None):
            return False
        client_id, secret = by_header or by_body or ("", "")
        known = verify_secret(client_id, secret)
        app = None if known is None else app_of_caller(known.app, credential=known.id, token=None)
        if known is None or app is None or app.suspended_at is not None:
            return False
        request.credential = known.id
        LAST_USE.used(known.id)
        return self._load_application(client_id, request) is not None

    def _load_application(self, client_id: str | None, request: Request) -> object | None:
        """The toolkit's record of this client, or None: every way of the toolkit to it leads through here."""
        found: object | None = super()._load_application(_clean(client_id or ""), request)
        return found

    def _from_header(self, request: Request) -> tuple[str, str] | None:
        encoded = self._extract_basic_auth(request)
        if not encoded:
            return None
        try:
            client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeError, ValueError):
            return "", ""
        return _clean(unquote_plus(client_id)), _clean(unquote_plus(secret))

    def _from_body(self, request: Request) -> tuple[str, str] | None:
        secret = getattr(request, "client_secret", None)
        return (_clean(request.client_id or ""), _clean(secret)) if secret else None


def _clean(text: str) -> str:
    """The text, or nothing when it holds a NUL, which no id or secret of ours has and PostgreSQL cannot look for."""
    return "" if "\0" in text else text
