"""Whose an access token is, and for which site it was given."""

from dataclasses import dataclass

from django.utils import timezone
from oauth2_provider.models import AccessToken, RefreshToken

from consentry.partners.models import App


class UnknownTokenError(Exception):
    """There is no access token of an app with this checksum."""


@dataclass(frozen=True)
class KnownToken:
    """An access token as it was given, which never changes.

    `by_person` tells that somebody gave it by the connect link; `resources` are the sites that it is bound to, as
    addresses (RFC 8707).
    """

    id: int
    app: int
    by_person: bool
    resources: tuple[str, ...]


def known_token(checksum: str) -> KnownToken:
    """The access token with this SHA-256 (hex). Raises UnknownTokenError."""
    wanted = AccessToken.objects.filter(token_checksum=checksum)
    token = wanted.values_list("id", "application__client_id", "user", "resource").first()
    app = token and App.objects.filter(application_user=token[1]).values_list("id", flat=True).first()
    if not token or not app:
        raise UnknownTokenError
    return KnownToken(token[0], app, token[2] is not None, tuple(token[3]))


@dataclass(frozen=True)
class TokenTold:
    """What an app is told of a token of its own: in seconds since 1970 when it was given and ends, what it opens."""

    given_at: int
    ends_at: int
    scope: str
    resources: tuple[str, ...]
    is_refresh: bool


def token_told(checksum: str, client_id: str) -> TokenTold | None:
    """The app's own token with this SHA-256 (hex) that has not ended; None for all others, whosever they are."""
    now = timezone.now()
    own = AccessToken.objects.filter(application__client_id=client_id, expires__gt=now)
    if access := own.filter(token_checksum=checksum).first():
        return _told(access, access, is_refresh=False)
    living = RefreshToken.objects.filter(application__client_id=client_id, revoked=None, access_token__isnull=False)
    refresh = living.filter(token_checksum=checksum).select_related("access_token").first()
    return None if refresh is None else _told(refresh, refresh.access_token, is_refresh=True)


def _told(token: AccessToken | RefreshToken, access: AccessToken, *, is_refresh: bool) -> TokenTold:
    given, ends = int(token.created.timestamp()), int(access.expires.timestamp())
    return TokenTold(given, ends, access.scope, tuple(token.resource), is_refresh)
