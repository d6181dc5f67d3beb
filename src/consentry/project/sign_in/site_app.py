"""A site's identity provider as django-allauth wants to have it: an app in no table."""

from allauth.socialaccount.models import SocialApp
from django.conf import settings

from consentry.people.queries.identity_providers import Provider, secret_of
from consentry.rules.identity_providers import Vouching


def site_app(found: Provider) -> SocialApp:
    """The app of this provider, with its secret. Raises CannotUnsealError."""
    app = SocialApp(
        provider="openid_connect",
        provider_id=found.slug,
        name=found.kind.value,
        client_id=found.client_id,
        secret=secret_of(found.slug),
        settings={"server_url": issuer_of(found), "oauth_pkce_enabled": True, "fetch_userinfo": False},
    )
    app.of = found
    return app


def issuer_of(found: Provider) -> str:
    """Who issues the ID tokens by which it vouches. Of Microsoft's, each tenant is an issuer of its own."""
    if found.kind is Vouching.GOOGLE:
        return str(settings.CONFIG.google_issuer)
    return f"{settings.CONFIG.microsoft_base}/{found.tenant}/v2.0"
