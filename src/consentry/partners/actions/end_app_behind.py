"""A data provider declares that an app no longer gets data through it."""

from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.models import AppBehind, CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import lock_own_app, own_app_behind
from consentry.rules.company_roles import CompanyAct


def end_app_behind(app_id: int, number: int, *, by: CompanyMember, at: datetime) -> AppBehind:
    """Schools no longer see it under the provider; that it was there stays on record.

    Raises App.DoesNotExist and AppBehind.DoesNotExist for another company's and one that has ended,
    NotForThisMemberError, CompanyMember.DoesNotExist for who was removed.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        app = lock_own_app(check_member_may(by, CompanyAct.BUILD).company, app_id)
        behind = own_app_behind(app, number)
        behind.ended_at = at
        behind.save(update_fields=["ended_at"])
        this.record(EventName.APP_BEHIND_ENDED, behind, app=app.id)
    return behind
