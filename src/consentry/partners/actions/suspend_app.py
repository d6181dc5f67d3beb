"""The operator stops an app everywhere."""

from datetime import datetime

from oauth2_provider.models import AccessToken

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.models import App, TokenChain


def suspend_app(app: App, *, by: Actor, at: datetime) -> None:
    """From the next call on the app opens nothing at any site, and its tokens are gone. Twice changes nothing.

    Those of the connect link are not renewed after the app was resumed: somebody at each site gives them anew.
    """
    with change(actor=by, at=at, school=None) as this:
        kept = App.objects.select_for_update(no_key=True).get(id=app.id)
        if kept.suspended_at is None:
            kept.suspended_at = at
            kept.save(update_fields=["suspended_at"])
        AccessToken.objects.filter(application__client_id=kept.application_user).delete()
        TokenChain.objects.filter(app=kept, ended_at=None).update(ended_at=at)
        this.record(EventName.APP_SUSPENDED, kept)
