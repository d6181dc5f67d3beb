"""Finding apps and proving who they are."""

import hmac
from dataclasses import dataclass

from django.db.models.functions import Now
from oauth2_provider.models import AccessToken

from consentry.partners.models import App, Company, Credential, PermissionSetVersion
from consentry.partners.secret_hash import digest

_NOBODY = b"\0" * 32


@dataclass(frozen=True)
class KnownSecret:
    """A secret as it is kept. It never changes; that it is not revoked is asked of the database at every call."""

    id: int
    app: int
    salt: bytes
    digest: bytes


def app_by_user(application_user: str) -> App:
    """The app with this application user name. Raises App.DoesNotExist."""
    return App.objects.select_related("company").get(application_user=application_user)


def latest_version(app: App) -> PermissionSetVersion | None:
    """What the app asks of schools now, or None when it has published nothing."""
    return PermissionSetVersion.objects.filter(app=app).order_by("-number").first()


def secret_ending(app: App, hint: str) -> Credential | None:
    """The app's live secret that ends in these characters, or None."""
    return Credential.objects.filter(app=app, revoked_at=None, hint=hint).first()


def verify_secret(application_user: str, secret: str) -> KnownSecret | None:
    """The secret of this app that was shown, or None. Unknown users take the same work as wrong secrets.

    Kept secrets are remembered in the process; one that is not among them is looked up again, so a new secret works
    at once. Whether it has been revoked since is for the caller's statement to ask.
    """
    remembered = _remembered.get(application_user)
    found = None if remembered is None else _match(remembered, secret)
    if found is None:
        found = _match(_look_up(application_user), secret)
    return found


def _match(known: tuple[KnownSecret, ...], secret: str) -> KnownSecret | None:
    found = None
    for kept in known or (KnownSecret(0, 0, b"", _NOBODY),):
        if hmac.compare_digest(kept.digest, digest(kept.salt, secret)):
            found = kept
    return found


MOST_REMEMBERED = 2000
_remembered: dict[str, tuple[KnownSecret, ...]] = {}


def _look_up(application_user: str) -> tuple[KnownSecret, ...]:
    """The app's secrets as they are kept now. Those of an app that there is are remembered."""
    kept = Credential.objects.filter(app__application_user=application_user, revoked_at=None)
    found = tuple(KnownSecret(each.id, each.app_id, bytes(each.salt), bytes(each.digest)) for each in kept)
    if found:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[application_user] = found
    return found


class UnknownTokenError(Exception):
    """There is no access token of an app with this checksum."""


def token_and_app(checksum: str) -> tuple[int, int]:
    """The ids of the access token with this SHA-256 (hex) and its app: they never change. Raises UnknownTokenError."""
    token = AccessToken.objects.filter(token_checksum=checksum).values_list("id", "application__client_id").first()
    app = token and App.objects.filter(application_user=token[1]).values_list("id", flat=True).first()
    if not token or not app:
        raise UnknownTokenError
    return token[0], app


def company_named(name: str) -> Company | None:
    """The company of this name, or None."""
    return Company.objects.filter(name=name).first()


def app_of_caller(app_id: int, *, credential: int | None, token: int | None) -> App | None:
    """The app, while the secret or the token it came with is still good; else None. It may be suspended."""
    apps = App.objects.filter(id=app_id).select_related("company")
    if credential is not None:
        return apps.filter(credentials__id=credential, credentials__revoked_at=None).first()
    alive = AccessToken.objects.filter(id=token, expires__gt=Now()).exists()
    return apps.first() if alive else None
