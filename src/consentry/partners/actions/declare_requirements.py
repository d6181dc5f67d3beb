"""A company says what the sync of an app of its own needs of a school's records."""

from collections.abc import Sequence
from datetime import datetime

from consentry.audit.change import ChangeWithoutEventError, change
from consentry.partners.acting import acting
from consentry.partners.actions.set_requirements import put_requirements
from consentry.partners.models import CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import lock_own_app
from consentry.rules.company_roles import CompanyAct
from consentry.rules.readiness import Need


def declare_requirements(app_id: int, needs: Sequence[Need], *, by: CompanyMember, at: datetime) -> bool:
    """Schools see these and no others from now on, each with its reason; whether anything differs.

    Raises InvalidError as set_requirements, App.DoesNotExist for another company's, NotForThisMemberError,
    CompanyMember.DoesNotExist for who was removed.
    """
    try:
        with change(actor=acting(by), at=at, school=None) as this:
            put_requirements(this, lock_own_app(check_member_may(by, CompanyAct.BUILD).company, app_id), needs)
    except ChangeWithoutEventError:
        return False
    return True
