"""A company changes what it says of itself."""

from dataclasses import asdict
from datetime import datetime

from consentry.audit.change import ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.actions.register_company import check_name_free
from consentry.partners.company_details import CompanyDetails, check_company
from consentry.partners.models import CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.rules.company_life import CompanyState
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError


def change_company(details: CompanyDetails, *, by: CompanyMember, at: datetime) -> list[str]:
    """Schools and the operator are shown it from now on; the names of what differs.

    Raises InvalidError for details that cannot be, a name that is taken, and another name once it is accepted,
    NotForThisMemberError, CompanyMember.DoesNotExist for who was removed.
    """
    check_company(details)
    changed: list[str] = []
    try:
        with change(actor=acting(by), at=at, school=None) as this:
            company = check_member_may(by, CompanyAct.ADMINISTER).company
            if details.name != company.name and company.state == CompanyState.ACCEPTED:
                raise InvalidError("name", f"the operator accepted it as {company.name}: ask them to change the name")
            check_name_free(details.name, but=company.id)
            changed = [name for name, said in asdict(details).items() if said != getattr(company, name)]
            for name in changed:
                setattr(company, name, getattr(details, name))
            if changed:
                company.save(update_fields=changed)
                this.record(EventName.COMPANY_CHANGED, company, fields=changed)
    except ChangeWithoutEventError:
        return []
    return changed
