"""A company takes back a secret of an app of its own."""

from datetime import datetime

from consentry.audit.change import change
from consentry.partners.acting import acting
from consentry.partners.actions.revoke_secret import end_secret
from consentry.partners.models import CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import lock_own_app, own_secret
from consentry.rules.company_roles import CompanyAct


def revoke_own_secret(app_id: int, credential_id: int, *, by: CompanyMember, at: datetime) -> None:
    """It opens nothing from the next call on, as revoke_secret.

    Raises App.DoesNotExist and Credential.DoesNotExist for another company's and for one that is revoked,
    NotForThisMemberError, CompanyMember.DoesNotExist for who was removed.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        app = lock_own_app(check_member_may(by, CompanyAct.PUBLISH).company, app_id)
        end_secret(this, own_secret(app, credential_id))
