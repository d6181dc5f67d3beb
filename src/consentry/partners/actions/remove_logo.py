"""A company takes an app's logo away."""

from datetime import datetime

from consentry.audit.change import ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.models import AppLogo, CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import lock_own_app
from consentry.rules.company_roles import CompanyAct


def remove_logo(app_id: int, *, by: CompanyMember, at: datetime) -> bool:
    """The app has its initials instead; False where it had none.

    Raises App.DoesNotExist, NotForThisMemberError, CompanyMember.DoesNotExist as set_logo.
    """
    try:
        with change(actor=acting(by), at=at, school=None) as this:
            app = lock_own_app(check_member_may(by, CompanyAct.BUILD).company, app_id)
            if AppLogo.objects.filter(app=app).delete()[0]:
                this.record(EventName.LOGO_REMOVED, app)
    except ChangeWithoutEventError:
        return False
    return True
