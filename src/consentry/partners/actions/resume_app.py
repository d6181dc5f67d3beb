"""The operator lets a suspended app go on."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.models import App


def resume_app(app: App, *, by: Actor, at: datetime) -> None:
    """The app opens what schools approve again; each school's own decision stands as it was."""
    with change(actor=by, at=at, school=None) as this:
        kept = App.objects.select_for_update(no_key=True).get(id=app.id)
        kept.suspended_at = None
        kept.save(update_fields=["suspended_at"])
        this.record(EventName.APP_RESUMED, kept)
