"""Finding codes and chains of tokens of the connect link, locked for whoever changes them."""

import hashlib

from oauth2_provider.models import AccessToken, Application, Grant, RefreshToken

from consentry.partners.models import TokenChain


def digest_of(secret: str) -> str:
    """What is kept of a code or a token: its SHA-256 (hex)."""
    return hashlib.sha256(secret.encode()).hexdigest()


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
