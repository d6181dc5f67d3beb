"""A company issues a secret for an app of its own."""

from datetime import datetime

from consentry.audit.change import change
from consentry.partners.acting import acting
from consentry.partners.actions.issue_secret import make_secret
from consentry.partners.models import CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import lock_own_app
from consentry.rules.company_roles import CompanyAct


def issue_own_secret(app_id: int, *, by: CompanyMember, at: datetime) -> str:
    """The secret, which can be seen in this return and never again.

    Raises InvalidError where the app has two, App.DoesNotExist for another company's, NotForThisMemberError,
    CompanyMember.DoesNotExist for who was removed.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        return make_secret(this, lock_own_app(check_member_may(by, CompanyAct.PUBLISH).company, app_id))
