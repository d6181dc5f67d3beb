"""The people of a company, and whether one of them may do something for it now."""

from consentry.partners.models import Company, CompanyMember
from consentry.rules.company_roles import CompanyAct, CompanyRole, NotForThisMemberError, may


def check_member_may(by: CompanyMember, act: CompanyAct) -> CompanyMember:
    """The membership as it stands now, locked until the commit. Call it in an open change.

    Raises CompanyMember.DoesNotExist for somebody who was removed meanwhile, NotForThisMemberError for a role that does
    not cover it.
    """
    locked = CompanyMember.objects.select_for_update(no_key=True, of=("self",)).select_related("company", "user")
    now = locked.get(id=by.id, ended_at=None)
    if not may(CompanyRole(now.role), act):
        raise NotForThisMemberError(act)
    return now


def member_of(company: Company, member_id: int) -> CompanyMember:
    """The company's member of this number. Raises CompanyMember.DoesNotExist, for another company's too."""
    return company.members.select_related("user", "company").get(id=member_id, ended_at=None)
