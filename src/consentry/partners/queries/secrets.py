"""Proving who an app is by its secrets."""

import hmac
from dataclasses import dataclass

from consentry.partners.models import App, Credential
from consentry.partners.secret_hash import digest

_NOBODY = b"\0" * 32


@dataclass(frozen=True)
class KnownSecret:
    """A secret as it is kept. It never changes; that it is not revoked is asked of the database at every call."""

    id: int
    app: int
    salt: bytes
    digest: bytes


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
