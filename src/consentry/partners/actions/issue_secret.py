"""Give an app a secret: shown once, kept only as a hash."""

import secrets
from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.partners.models import App, Credential
from consentry.partners.secret_hash import digest
from consentry.rules.invalid import InvalidError

MOST_SECRETS = 2
"""Two, so that a company can put the new one to use before it revokes the old one."""


def issue_secret(app: App, *, by: Actor, at: datetime) -> str:
    """A new secret of 256 random bits; this return is the only time it can be seen.

    Raises InvalidError when the app has two secrets already.
    """
    with change(actor=by, at=at, school=None) as this:
        return make_secret(this, App.objects.select_for_update(no_key=True).get(id=app.id))


def make_secret(this: Change, app: App) -> str:
    """The same in an open change that has locked the app."""
    if Credential.objects.filter(app=app, revoked_at=None).count() >= MOST_SECRETS:
        raise InvalidError("secret", "an app has two secrets at most: revoke one first")
    secret, salt = secrets.token_urlsafe(32), secrets.token_bytes(16)
    credential = Credential.objects.create(
        app=app, salt=salt, digest=digest(salt, secret), hint=secret[-4:], issued_at=this.at
    )
    this.record(EventName.SECRET_ISSUED, credential, app=app.id)
    return secret
