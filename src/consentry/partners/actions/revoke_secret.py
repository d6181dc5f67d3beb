"""Take one of an app's secrets back, and every access token there is for the app."""

from datetime import datetime

from oauth2_provider.models import AccessToken

from consentry.audit.actor import Actor
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.partners.models import Credential


def revoke_secret(credential: Credential, *, by: Actor, at: datetime) -> None:
    """The secret, and the access tokens that may have been had with it, open nothing from the next call on.

    What people gave the app by the connect link it renews with a secret that is good: nobody has to approve anew
    because a company changes its secrets.
    """
    with change(actor=by, at=at, school=None) as this:
        end_secret(this, Credential.objects.select_for_update(no_key=True).get(id=credential.id))


def end_secret(this: Change, credential: Credential) -> None:
    """The same in an open change that has locked the secret, or its app."""
    if credential.revoked_at is None:
        credential.revoked_at = this.at
        credential.save(update_fields=["revoked_at"])
    tokens = AccessToken.objects.filter(application__client_id=credential.app.application_user)
    tokens.filter(user=None).delete()
    tokens.filter(expires__gt=this.at).update(expires=this.at)
    this.record(EventName.SECRET_REVOKED, credential, app=credential.app_id)
