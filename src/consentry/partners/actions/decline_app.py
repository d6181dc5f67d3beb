"""The operator declines an app, also one that was accepted before."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.write_letter import write_letter
from consentry.partners.details import check_description
from consentry.partners.models import App
from consentry.rules.app_life import AppMove, AppStage, app_move
from consentry.rules.company_life import Declined

_TEXT = """{app} has not been accepted.

{reason}."""


def decline_app(app_id: int, reason: Declined, *, note: str = "", by: Actor, at: datetime) -> App:
    """The company is told why and may put the app before the operator again; one that was live is so no longer.

    Raises AppMoveRefusedError where that cannot be from where it stands, InvalidError for a note that cannot be,
    App.DoesNotExist. Source of the reasons: the seed, "only available to apps that are not competitors".
    """
    if note:
        check_description("note", note)
    with change(actor=by, at=at, school=None) as this:
        app = App.objects.select_for_update(no_key=True, of=("self",)).select_related("company").get(id=app_id)
        app.stage = app_move(AppStage(app.stage), AppMove.DECLINE)
        app.stage_since, app.declined_for, app.stage_note = at, reason.value, note
        was_live, app.is_live = app.is_live, False
        app.save(update_fields=["stage", "stage_since", "declined_for", "stage_note", "is_live"])
        this.record(EventName.APP_DECLINED, app, reason=reason.value)
        if was_live:
            this.record(EventName.APP_TAKEN_BACK, app)
        said = _TEXT.format(app=app.name, reason=reason.label) + (f"\n\n{note}" if note else "")
        write_letter(this, app.company, title=f"{app.name} is not accepted", text=said)
    return app
