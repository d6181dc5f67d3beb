"""What the OAuth 2 server gives by the connect link: each code once, each refresh token once, for one site alone."""

from typing import Any

from django.utils import timezone
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.settings import oauth2_settings
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749.errors import CustomOAuth2Error, InvalidClientError

from consentry.api.sites import find_site
from consentry.partners.actions.end_token_chain import give_back_token
from consentry.partners.actions.open_token_chain import open_token_chain
from consentry.partners.actions.renew_token_chain import renew_token_chain
from consentry.partners.queries.apps import lock_giver
from consentry.partners.queries.token_chains import lock_chain, lock_code
from consentry.rules.site_resource import slug_of


def issuer() -> str:
    """The name of this OAuth 2 server (RFC 8414, 2): the configured address, whatever the request says."""
    named: str = oauth2_settings.OIDC_ISS_ENDPOINT
    return named


class ChainedTokens(OAuth2Validator):  # type: ignore[misc]
    """The toolkit's validator, which looks and then writes, with locks over both: within the view's transaction.

    The app and its secret come first, then the code or the chain, then tokens: whoever suspends the app, takes a secret
    back or ends a chain keeps to that order.
    """

    def keep_giver(self, request: Request) -> None:
        """What proved who the app is stays good to the commit; raises InvalidClientError where it no longer is."""
        if not lock_giver(request.credential):
            raise InvalidClientError(request=request)

    def validate_code(
        self, client_id: str, code: str, client: Any, request: Request, *args: object, **kwargs: object
    ) -> bool:
        """Whether the code is good; nobody else can spend it from here to the commit."""
        is_good: bool = lock_code(code, client) and super().validate_code(
            client_id, code, client, request, *args, **kwargs
        )
        return is_good

    def validate_refresh_token(
        self, refresh_token: str, client: Any, request: Request, *args: object, **kwargs: object
    ) -> bool:
        """Whether the token is the newest of a chain that goes on; nobody else renews it from here to the commit."""
        chain = lock_chain(refresh_token)
        if chain is None or chain.ended_at is not None or chain.ends_at <= timezone.now():
            return False
        is_good: bool = super().validate_refresh_token(refresh_token, client, request, *args, **kwargs)
        return is_good

    def revoke_token(
        self, token: str, token_type_hint: str | None, request: Request, *args: object, **kwargs: object
    ) -> None:
        """End what the app gives back (RFC 7009): with one token of a chain the whole of it."""
        if not give_back_token(token, request.client, at=timezone.now()):
            super().revoke_token(token, token_type_hint, request, *args, **kwargs)

    def _create_refresh_token(self, request: Request, code: str, access_token: Any, previous: Any) -> Any:
        made = super()._create_refresh_token(request, code, access_token, previous)
        if previous is not None:
            renew_token_chain(made.token_family, at=timezone.now())
            return made
        (resource,) = made.resource
        open_token_chain(
            made.token_family,
            request.code,
            client_id=request.client.client_id,
            slug=slug_of(issuer(), resource) or "",
            given_by=request.user,
            at=timezone.now(),
        )
        return made

    def _check_and_set_request_resource(self, request: Request) -> None:
        """As the toolkit does; and a resource is a site of ours (RFC 8707, 2)."""
        super()._check_and_set_request_resource(request)
        for resource in request.resource:
            if find_site(slug_of(issuer(), resource) or "") is None:
                raise CustomOAuth2Error(error="invalid_target", description="The resource is no site.", request=request)
