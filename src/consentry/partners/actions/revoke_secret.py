"""Take one of an app's secrets back, and every access token there is for the app."""

from datetime import datetime

from oauth2_provider.models import AccessToken

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.models import Credential


def revoke_secret(credential: Credential, *, by: Actor, at: datetime) -> None:
    """The secret, and the access tokens that may have been had with it, open nothing from the next call on.

    What people gave the app by the connect link it renews with a secret that is good: nobody has to approve anew
    because a company changes its secrets.
    """
    with change(actor=by, at=at, school=None) as this:
        kept = Credential.objects.select_for_update(no_key=True).get(id=credential.id)
        if kept.revoked_at is None:
            kept.revoked_at = at
            kept.save(update_fields=["revoked_at"])
        tokens = AccessToken.objects.filter(application__client_id=kept.app.application_user)
        tokens.filter(user=None).delete()
        tokens.filter(expires__gt=at).update(expires=at)
        this.record(EventName.SECRET_REVOKED, kept, app=kept.app_id)
