"""Say where an app may be sent back to with a code."""

from collections.abc import Sequence
from datetime import datetime

from oauth2_provider.models import Application

from consentry.audit.actor import Actor
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.partners.models import App
from consentry.rules.invalid import InvalidError
from consentry.rules.redirect_uris import MOST, fault_of


def set_redirect_uris(app: App, uris: Sequence[str], *, by: Actor, at: datetime) -> None:
    """These and no others from now on; without one the app cannot be connected by link, nor renew what it was given.

    Raises InvalidError for one that cannot be, for one that stands twice, and for more than MOST.
    """
    with change(actor=by, at=at, school=None) as this:
        put_redirect_uris(this, app, uris)


def put_redirect_uris(this: Change, app: App, uris: Sequence[str]) -> None:
    """The same in an open change."""
    _check(uris)
    entry = Application.objects.select_for_update().get(client_id=app.application_user)
    entry.redirect_uris = " ".join(uris)
    entry.save(update_fields=["redirect_uris", "updated"])
    this.record(EventName.REDIRECT_URIS_SET, app, redirect_uris=list(uris))


def _check(uris: Sequence[str]) -> None:
    if len(uris) > MOST:
        raise InvalidError("redirect_uris", f"an app has {MOST} redirect URIs at most")
    for uri in uris:
        if fault := fault_of(uri):
            raise InvalidError("redirect_uris", f"{uri!r}: a redirect URI {fault}")
    if len(set(uris)) < len(uris):
        raise InvalidError("redirect_uris", "a redirect URI stands twice")
