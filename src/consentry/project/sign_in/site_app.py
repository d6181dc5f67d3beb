"""A site's identity provider as django-allauth wants to have it: an app in no table."""

import logging

from allauth.socialaccount.models import SocialApp
from django.conf import settings

from consentry.people.queries.identity_providers import Provider, secret_of
from consentry.people.sealed import CannotUnsealError
from consentry.rules.identity_providers import Vouching

_log = logging.getLogger(__name__)


def site_app(found: Provider) -> SocialApp:
    """The app of this provider, with its secret."""
    app = SocialApp(
        provider="openid_connect",
        provider_id=found.slug,
        name=found.kind.value,
        client_id=found.client_id,
        secret=_secret(found),
        settings={"server_url": issuer_of(found), "oauth_pkce_enabled": True, "fetch_userinfo": False},
    )
    app.of = found
    return app


def _secret(found: Provider) -> str:
    """Its secret; "" where the key is gone that opens it: the provider then refuses, as page and log say."""
    try:
        return secret_of(found.slug)
    except CannotUnsealError:
        _log.exception("the secret of %s does not open with CONSENTRY_FIELD_KEY: enter it anew", found.slug)
        return ""


def issuer_of(found: Provider) -> str:
    """Who issues the ID tokens by which it vouches. Of Microsoft's, each tenant is an issuer of its own."""
    if found.kind is Vouching.GOOGLE:
        return str(settings.CONFIG.google_issuer)
    return f"{settings.CONFIG.microsoft_base}/{found.tenant}/v2.0"
