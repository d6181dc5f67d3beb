"""Whose an access token is."""

from oauth2_provider.models import AccessToken

from consentry.partners.models import App


class UnknownTokenError(Exception):
    """There is no access token of an app with this checksum."""


def token_and_app(checksum: str) -> tuple[int, int]:
    """The ids of the access token with this SHA-256 (hex) and its app: they never change. Raises UnknownTokenError."""
    token = AccessToken.objects.filter(token_checksum=checksum).values_list("id", "application__client_id").first()
    app = token and App.objects.filter(application_user=token[1]).values_list("id", flat=True).first()
    if not token or not app:
        raise UnknownTokenError
    return token[0], app
