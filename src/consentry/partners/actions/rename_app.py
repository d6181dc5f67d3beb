"""The operator gives an app another name, once they have looked at it."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_name
from consentry.partners.models import App
from consentry.partners.queries.own_apps import check_app_name_free


def rename_app(app_id: int, name: str, *, by: Actor, at: datetime) -> App:
    """Schools are shown it under this name from now on; what receipts say stays.

    Raises InvalidError for what cannot be a name, the name that it has, and one that another app has; App.DoesNotExist.
    """
    check_name("name", name)
    with change(actor=by, at=at, school=None) as this:
        app = App.objects.select_for_update(no_key=True).get(id=app_id)
        check_app_name_free(name, but=0 if app.name == name else app.id)
        app.name = name
        app.save(update_fields=["name"])
        this.record(EventName.APP_CHANGED, app, fields=["name"])
    return app
