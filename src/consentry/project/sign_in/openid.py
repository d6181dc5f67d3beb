"""OpenID Connect as every site's own client speaks it: over django-allauth's, with a nonce and each token verified.

Sources: OpenID Connect Core 1.0, 3.1.3.7 (what is verified of an ID token); RFC 9700 (PKCE, state, mix-up).
"""

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

from consentry.people.queries.identity_providers import Provider
from consentry.web import addresses

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Those by which the provider alone can sign; never one whose key we know too."""
_CLOCKS_APART = 60
_LONGEST_SUBJECT = 191
_ERROR = re.compile(r'"error"\s*:\s*"([a-z_]{1,40})"')
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@contextmanager
def _answers_may_be_anything() -> Iterator[None]:
    """Whatever a provider answers, or does not: what cannot be read is an OAuth2Error, never a fault of ours."""
    try:
        yield
    except (requests.RequestException, jwt.PyJWTError, LookupError, TypeError, ValueError, AttributeError) as wrong:
        raise OAuth2Error(f"{type(wrong).__name__} in what the provider answered") from wrong


class SiteProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """One site's own provider (`of`), whose ID tokens `issuer` issues.

    What a sign-in is about is kept in the session under its state, the nonce too.
    """

    def __init__(self, request: HttpRequest, app: SocialApp) -> None:
        super().__init__(request, app=app)
        self.issuer: str = app.settings["server_url"]
        self.of: Provider = app.of

    def serialize(self) -> dict[str, str]:
        """Under what the adapter finds it again, when somebody has shown their second factor."""
        return {"id": self.of.slug}

    def get_oauth2_adapter(self, request: HttpRequest) -> "IdTokens":
        """What speaks to the provider."""
        return IdTokens(request, self)

    def begin(self, request: HttpRequest, next_url: str) -> HttpResponse:
        """On to the provider. Nothing that the address of this request says goes into what is asked there.

        Raises OAuth2Error where the provider cannot be reached or answers what it should not.
        """
        nonce = secrets.token_urlsafe(32)
        asked = {"auth_params": {"nonce": nonce}, "nonce": nonce}
        answer: HttpResponse = self.redirect(request, process="login", next_url=next_url, **asked)
        return answer

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        """Who it is to the provider."""
        return str(data["sub"])

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - the interface
        """Nothing: who it is, is kept; what else the provider says of them is not."""
        return {}


class IdTokens(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Asks a provider for an ID token and verifies it. The userinfo endpoint is never asked."""

    def __init__(self, request: HttpRequest, provider: SiteProvider) -> None:
        super().__init__(request, provider.app.provider_id)
        self._provider = provider
        self._known: dict[str, Any] | None = None

    def get_provider(self) -> SiteProvider:
        """The one it was made for."""
        return self._provider

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002 - the interface
        """As the configuration names the service, whatever host the request names."""
        return addresses.callback(app.provider_id)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, under the very name that it was asked for by. Raises OAuth2Error."""
        if self._known is None:
            issuer = self._provider.issuer
            with _answers_may_be_anything(), get_adapter().get_requests_session() as session:
                known = _json(session.get(f"{issuer}/.well-known/openid-configuration"))
                if known["issuer"] != issuer:
                    raise ValueError("another issuer")
                if not all(_is_address(known[name], issuer) for name in _ENDPOINTS):
                    raise ValueError("an endpoint that is no address")
            self._known = known
        return self._known

    def get_access_token_data(self, *args: Any, **options: Any) -> dict[str, Any]:
        """What the provider gives for the code. Raises OAuth2Error."""
        with _answers_may_be_anything():
            try:
                return dict(super().get_access_token_data(*args, **options))
            except OAuth2Error as wrong:  # its message holds the whole answer, which may hold a token
                named = _ERROR.search(str(wrong))
                raise OAuth2Error(f"no token: {named[1] if named else 'no error named'}") from None

    def parse_token(self, data: Mapping[str, Any]) -> None:  # noqa: ARG002 - the interface
        """The access token is not kept: nobody asks for anything with it."""
        return

    def complete_login(self, request: HttpRequest, app: SocialApp, token: None, **kwargs: Any) -> Any:  # noqa: ARG002
        """Who the ID token says it is, with all that it says as `claims`. Raises OAuth2Error."""
        claims = self._verified(kwargs["response"].get("id_token"), app.client_id)
        login = self._provider.sociallogin_from_response(request, {"sub": claims["sub"]})
        login.claims = claims
        return login

    def _verified(self, token: Any, client: str) -> dict[str, Any]:
        """The claims of a token that this issuer made for this client, signed and in time. Raises OAuth2Error."""
        issuer, keys_at = self._provider.issuer, self.openid_config["jwks_uri"]
        with _answers_may_be_anything():
            with get_adapter().get_requests_session() as session:
                keys = jwt.PyJWKSet.from_dict(_json(session.get(keys_at)))
            claims = jwt.decode(
                token,
                _key_of(token, keys),
                algorithms=_ALGORITHMS,
                issuer=issuer,
                audience=client,
                leeway=_CLOCKS_APART,
                options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
            )
            _check_party(claims, client)
        return claims


def _key_of(token: Any, keys: jwt.PyJWKSet) -> jwt.PyJWK:
    """The key that the token names; it need not name one where there is only one (OpenID Connect Core 1.0, 10.1)."""
    named = jwt.get_unverified_header(token).get("kid")
    if named is None and len(keys.keys) == 1:
        return keys.keys[0]
    return keys[str(named)]


def _check_party(claims: Mapping[str, Any], client: str) -> None:
    """Raise ValueError for a token that was made for others too and not at our asking, or of nobody."""
    if claims["aud"] not in (client, [client]) and claims.get("azp") != client:
        raise ValueError("for others too")
    subject = claims["sub"]
    if not subject or len(subject) > _LONGEST_SUBJECT or not subject.isprintable():
        raise ValueError("of nobody")


def _json(answer: requests.Response) -> dict[str, Any]:
    """The object that was answered. Raises RequestException or ValueError."""
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found


def _is_address(written: Any, issuer: str) -> bool:
    """Whether it is an address that is as safe as the issuer's."""
    return isinstance(written, str) and written.startswith(("https://", issuer.partition("//")[0] + "//"))
