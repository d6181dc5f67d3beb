"""The operator accepts an app that its company put before them."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.write_letter import write_letter
from consentry.partners.details import check_description
from consentry.partners.models import App
from consentry.rules.app_life import AppMove, AppStage, app_move
from consentry.rules.company_life import CompanyState
from consentry.rules.invalid import InvalidError

_TEXT = """{app} has been accepted. Dummy sites can connect it; live sites can once it is made live."""


def accept_app(app_id: int, *, note: str = "", by: Actor, at: datetime) -> App:
    """The app can be made live from now on, and its company is told. `note` is for the company to read.

    Raises AppMoveRefusedError where that cannot be from where it stands, InvalidError for a note that cannot be and
    while the company itself is not accepted, App.DoesNotExist.
    """
    if note:
        check_description("note", note)
    with change(actor=by, at=at, school=None) as this:
        app = App.objects.select_for_update(no_key=True, of=("self",)).select_related("company").get(id=app_id)
        stage = app_move(AppStage(app.stage), AppMove.ACCEPT)
        if app.company.state != CompanyState.ACCEPTED:
            raise InvalidError("company", f"accept the company first: {app.company.name} has not been accepted")
        app.stage, app.stage_since, app.declined_for, app.stage_note = stage, at, "", note
        app.save(update_fields=["stage", "stage_since", "declined_for", "stage_note"])
        this.record(EventName.APP_ACCEPTED, app)
        said = _TEXT.format(app=app.name) + (f"\n\n{note}" if note else "")
        write_letter(this, app.company, title=f"{app.name} is accepted", text=said)
    return app
