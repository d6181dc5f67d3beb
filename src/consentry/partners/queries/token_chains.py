"""Finding codes and chains of tokens of the connect link, locked for whoever changes them."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from oauth2_provider.models import AccessToken, Application, Grant, RefreshToken
from oauth2_provider.settings import oauth2_settings

from consentry.partners.models import TokenChain
from consentry.rules.identity import SchoolId


def digest_of(secret: str) -> str:
    """What is kept of a code or a token: its SHA-256 (hex)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def living_chains(app_id: int, *, at: datetime) -> QuerySet[TokenChain]:
    """The app's chains of which a token can still be renewed, by site, the newest first, with who gave them."""
    idle = timedelta(seconds=oauth2_settings.REFRESH_TOKEN_EXPIRE_SECONDS)
    alive = TokenChain.objects.filter(app=app_id, ended_at=None, ends_at__gt=at)
    used = alive.annotate(used_at=Coalesce("refreshed_at", "given_at")).filter(used_at__gt=at - idle)
    return used.select_related("app__company", "school", "given_by").order_by("school__name", "school", "-given_at")


def chains_at(school: SchoolId, app_id: int, *, at: datetime) -> tuple[TokenChain, ...]:
    """Those that people of this site gave. One query."""
    return tuple(living_chains(app_id, at=at).filter(school=school))


def lock_code(code: str, client: Application) -> bool:
    """Whether the code is this client's and has not been spent; until the commit nobody else can spend it."""
    return Grant.objects.select_for_update().filter(code=code, application=client).first() is not None


def lock_chain(refresh_token: str) -> TokenChain | None:
    """The chain of this refresh token, locked: of two who show tokens of one chain, the second waits for the first."""
    families = RefreshToken.objects.filter(token_checksum=digest_of(refresh_token)).values("token_family")
    return TokenChain.objects.select_for_update().filter(family__in=families).first()


def chain_of_spent_code(code: str) -> TokenChain | None:
    """What was given for this code when it was shown first."""
    return TokenChain.objects.filter(code_digest=digest_of(code)).select_related("app").first()


def chain_of_replaced_token(refresh_token: str) -> TokenChain | None:
    """The chain in which another token has taken the place of this refresh token; None while it is the newest."""
    replaced = RefreshToken.objects.filter(token_checksum=digest_of(refresh_token), revoked__isnull=False)
    families = replaced.values("token_family")
    return TokenChain.objects.filter(family__in=families).select_related("app").first()


def chain_of_own_token(token: str, client: Application) -> TokenChain | None:
    """The chain of this access or refresh token of the client's own."""
    digest = digest_of(token)
    access = AccessToken.objects.filter(token_checksum=digest, application=client).values("refresh_token__token_family")
    refresh = RefreshToken.objects.filter(token_checksum=digest, application=client).values("token_family")
    chains = TokenChain.objects.select_related("app")
    return chains.filter(family__in=access).first() or chains.filter(family__in=refresh).first()
