"""Say whether an app is live: one that is not can be used with dummy sites only."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.write_letter import write_letter
from consentry.partners.models import App
from consentry.rules.app_life import AppStage
from consentry.rules.company_life import CompanyState
from consentry.rules.invalid import InvalidError

_LIVE = "{app} is live: every site can connect it now, and schools find it in their partner directory."
_TAKEN_BACK = "{app} is not live any more: live sites answer it no longer. Dummy sites do as before."


def set_app_live(app: App, *, is_live: bool, by: Actor, at: datetime) -> None:
    """The app is live from now on, or no longer: then live sites refuse it from its next call on. The company is told.

    Raises InvalidError for going live before the operator has accepted the company and the app.
    """
    with change(actor=by, at=at, school=None) as this:
        kept = App.objects.select_for_update(no_key=True, of=("self",)).select_related("company").get(id=app.id)
        if is_live:
            _check_accepted(kept)
        was_live, kept.is_live = kept.is_live, is_live
        kept.save(update_fields=["is_live"])
        this.record(EventName.APP_WENT_LIVE if is_live else EventName.APP_TAKEN_BACK, kept)
        if was_live is not is_live:
            title = f"{kept.name} is live" if is_live else f"{kept.name} is not live any more"
            write_letter(
                this, kept.company, title=title, text=(_LIVE if is_live else _TAKEN_BACK).format(app=kept.name)
            )


def _check_accepted(app: App) -> None:
    if app.company.state != CompanyState.ACCEPTED:
        raise InvalidError("live", f"the operator has not accepted {app.company.name}, whose app {app.name} is")
    if app.stage != AppStage.ACCEPTED:
        raise InvalidError("live", f"the operator has not accepted {app.name}")
