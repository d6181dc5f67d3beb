"""What the operator will do to an app by a use case of its own; until then written through the change door here."""

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.models import App
from tests.world import NOW


def suspend(app: App) -> None:
    """Stop the app everywhere."""
    _set(app, suspended_at=NOW)


def make_not_live(app: App) -> None:
    """Take the app's being live back."""
    _set(app, is_live=False)


def _set(app: App, **values: object) -> None:
    with change(actor=OPERATOR, at=NOW, school=None) as this:
        App.objects.filter(id=app.id).update(**values)
        this.record(EventName.APP_CHANGED, app)
