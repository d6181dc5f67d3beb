"""A company says where an app of its own may be sent back to with a code."""

from collections.abc import Sequence
from datetime import datetime

from consentry.audit.change import change
from consentry.partners.acting import acting
from consentry.partners.actions.set_redirect_uris import put_redirect_uris
from consentry.partners.models import CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import lock_own_app
from consentry.rules.company_roles import CompanyAct


def set_own_redirect_uris(app_id: int, uris: Sequence[str], *, by: CompanyMember, at: datetime) -> None:
    """These and no others from now on.

    Raises InvalidError for what cannot be, App.DoesNotExist for another company's, NotForThisMemberError,
    CompanyMember.DoesNotExist for who was removed.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        put_redirect_uris(this, lock_own_app(check_member_may(by, CompanyAct.PUBLISH).company, app_id), uris)
