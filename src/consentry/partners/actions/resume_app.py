"""The operator lets a suspended app go on."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.write_letter import write_letter
from consentry.partners.models import App

_TEXT = "{app} may go on: it opens again what schools approve. It needs new tokens; its secrets work as before."


def resume_app(app: App, *, by: Actor, at: datetime) -> None:
    """The app opens what schools approve again; each school's own decision stands as it was. The company is told."""
    with change(actor=by, at=at, school=None) as this:
        kept = App.objects.select_for_update(no_key=True, of=("self",)).select_related("company").get(id=app.id)
        if kept.suspended_at is not None:
            text = _TEXT.format(app=kept.name)
            write_letter(this, kept.company, title=f"{kept.name} may go on", text=text)
        kept.suspended_at, kept.suspended_for = None, ""
        kept.save(update_fields=["suspended_at", "suspended_for"])
        this.record(EventName.APP_RESUMED, kept)
