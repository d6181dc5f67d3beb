"""Say whether an app is live: one that is not can be used with dummy sites only."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.models import App


def set_app_live(app: App, *, is_live: bool, by: Actor, at: datetime) -> None:
    """The app is live from now on, or no longer: then live sites refuse it from its next call on."""
    with change(actor=by, at=at, school=None) as this:
        kept = App.objects.select_for_update(no_key=True).get(id=app.id)
        kept.is_live = is_live
        kept.save(update_fields=["is_live"])
        this.record(EventName.APP_WENT_LIVE if is_live else EventName.APP_TAKEN_BACK, kept)
