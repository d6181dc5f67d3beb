"""Single sign-on: which providers there are, and what becomes of somebody for whom one of them vouches."""

import logging
import secrets
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest

from consentry.people.queries.identity_providers import offered_provider
from consentry.project.sign_in.letting_in import let_in
from consentry.project.sign_in.openid import SiteProvider
from consentry.project.sign_in.saml_vouching import SamlVouching
from consentry.project.sign_in.site_app import site_app
from consentry.rules.identity_providers import Vouching
from consentry.web.pages.site_sign_in import not_let_in
from consentry.web.shown.single_sign_on import Broken

_log = logging.getLogger(__name__)

_CONNECT_AND_READ = (3, 10)
"""Seconds."""


class NotOfferedError(SocialApp.DoesNotExist, ValueError):  # type: ignore[misc]
    """The provider is not offered, or no longer. ValueError: who is asked for a second factor then begins anew."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A site's providers come from its own settings, never from rows of django-allauth. Nobody signs up through one."""

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002 - the adapter's interface
        provider: str | None = None,
        client_id: str | None = None,  # noqa: ARG002 - the adapter's interface
    ) -> list[SocialApp]:
        """The OpenID provider of this name, while it is offered; what speaks SAML does not go through its apps.

        None is listed to who names none: a site's sign-in page offers that site's, no other page any.
        """
        try:
            found = offered_provider(provider or "")
        except ObjectDoesNotExist:
            return []
        return [] if found.kind is Vouching.SAML else [site_app(found)]

    def get_provider(
        self,
        request: HttpRequest,
        provider: str,
        client_id: str | None = None,  # noqa: ARG002 - the adapter's interface
    ) -> SiteProvider | SamlVouching:
        """The provider of this name. Raises NotOfferedError where it is not offered."""
        try:
            found = offered_provider(provider)
        except ObjectDoesNotExist as unknown:
            raise NotOfferedError from unknown
        return SamlVouching(found) if found.kind is Vouching.SAML else SiteProvider(request, site_app(found))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - the interface
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let the person in, or say why not. Nothing goes on after this for who is refused."""
        state = sociallogin.state
        is_ours = secrets.compare_digest(str(state.get("nonce", "")), str(sociallogin.claims["nonce"]))
        if state.get("process") != "login" or not is_ours:
            raise ImmediateHttpResponse(not_let_in(request, Broken.STALE, sociallogin.provider.of))
        let_in(request, sociallogin)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: SiteProvider,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """The page that says why: never what the address or the provider wrote."""
        if error == AuthError.CANCELLED:
            why = Broken.CANCELLED
        elif exception is not None:
            _log.warning("single sign-on by %s failed: %s", provider.of.slug, exception)
            why = Broken.UNREACHABLE
        else:
            why = Broken.REFUSED_THERE if (extra_context or {}).get("state") else Broken.STALE
        raise ImmediateHttpResponse(not_let_in(request, why, provider.of))

    def get_requests_session(self) -> requests.Session:
        """What asks providers: not for long, and only where it was told to."""
        return _Session()


class _Session(requests.Session):
    def request(self, *args: Any, **options: Any) -> requests.Response:
        """As `requests` does, with a limit of time and without being led elsewhere."""
        return super().request(*args, **(options | {"timeout": _CONNECT_AND_READ, "allow_redirects": False}))
