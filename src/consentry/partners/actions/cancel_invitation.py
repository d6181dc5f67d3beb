"""Call off an invitation to a company."""

from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.models import CompanyInvitation, CompanyMember
from consentry.partners.queries.links import usable_at
from consentry.partners.queries.members import check_member_may
from consentry.rules.company_roles import CompanyAct


def cancel_invitation(number: int, *, by: CompanyMember, at: datetime) -> CompanyInvitation:
    """Its link works no more.

    Raises CompanyInvitation.DoesNotExist for another company's and one that was used, NotForThisMemberError,
    CompanyMember.DoesNotExist for who was removed.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        company = check_member_may(by, CompanyAct.ADMINISTER).company
        asked = usable_at(at).select_for_update(no_key=True, of=("self",)).get(company=company, id=number)
        asked.ended_at = at
        asked.save(update_fields=["ended_at"])
        this.record(EventName.COMPANY_LINK_ENDED, asked, company=company.id)
    return asked
