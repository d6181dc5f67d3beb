"""Give a member of a company another role."""

from datetime import datetime

from django.db import transaction

from consentry.audit.change import ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.actions.remove_member import check_not_last, lock_members
from consentry.partners.actions.wake_sandboxes import wake_sandboxes
from consentry.partners.models import CompanyMember
from consentry.partners.queries.members import check_member_may, member_of
from consentry.rules.company_roles import CompanyAct, CompanyRole


def change_member_role(member_id: int, role: CompanyRole, *, by: CompanyMember, at: datetime) -> CompanyMember:
    """From their next click on they may do what the role covers.

    Raises LastOfCompanyError, CompanyMember.DoesNotExist for another company's and for who was removed,
    NotForThisMemberError.
    """
    try:
        with change(actor=acting(by), at=at, school=None) as this:
            lock_members(by.company)
            company = check_member_may(by, CompanyAct.ADMINISTER).company
            member = member_of(company, member_id)
            if member.role != role:
                before, member.role = member.role, role.value
                member.save(update_fields=["role"])
                check_not_last(company)
                this.record(
                    EventName.MEMBER_ROLE_CHANGED,
                    member,
                    company=company.id,
                    user=member.user_id,
                    before=before,
                    role=role,
                )
                transaction.on_commit(wake_sandboxes, robust=True)
    except ChangeWithoutEventError:
        pass
    return member
