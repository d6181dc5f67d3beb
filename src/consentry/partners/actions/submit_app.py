"""A company puts an app before the operator."""

from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.models import App, CompanyMember
from consentry.partners.queries.apps import latest_version
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import lock_own_app
from consentry.rules.app_life import AppMove, AppStage, app_move
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError


def submit_app(app_id: int, *, by: CompanyMember, at: datetime) -> App:
    """It waits for the operator. Raises InvalidError for one that has published nothing yet.

    Raises AppMoveRefusedError where that cannot be from where it stands, App.DoesNotExist for another company's,
    NotForThisMemberError, CompanyMember.DoesNotExist for who was removed.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        app: App = lock_own_app(check_member_may(by, CompanyAct.PUBLISH).company, app_id)
        if latest_version(app) is None:
            raise InvalidError("app", "publish what it asks of schools first: that is what the operator looks at")
        app.stage = app_move(AppStage(app.stage), AppMove.SUBMIT)
        app.stage_since, app.declined_for, app.stage_note = at, "", ""
        app.save(update_fields=["stage", "stage_since", "declined_for", "stage_note"])
        this.record(EventName.APP_SUBMITTED, app)
    return app
