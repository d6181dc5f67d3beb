"""The operator declines a company that registered."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.write_letter import write_letter
from consentry.partners.details import check_description
from consentry.partners.models import Company
from consentry.rules.company_life import CompanyMove, CompanyState, Declined, company_move

_TEXT = """{company} has not been accepted as a partner.

{reason}."""


def decline_company(company_id: int, reason: Declined, *, note: str = "", by: Actor, at: datetime) -> Company:
    """The company is told why; it keeps its people and its sandbox, and none of its apps can go live.

    Raises CompanyMoveRefusedError where that cannot be from where it stands, InvalidError for a note that cannot be,
    Company.DoesNotExist. Source of the reasons: the seed, "only available to apps that are not competitors".
    """
    if note:
        check_description("note", note)
    with change(actor=by, at=at, school=None) as this:
        company = Company.objects.select_for_update(no_key=True).get(id=company_id)
        company.state = company_move(CompanyState(company.state), CompanyMove.DECLINE)
        company.state_since, company.declined_for, company.state_note = at, reason.value, note
        company.save(update_fields=["state", "state_since", "declined_for", "state_note"])
        this.record(EventName.COMPANY_DECLINED, company, reason=reason.value)
        said = _TEXT.format(company=company.name, reason=reason.label) + (f"\n\n{note}" if note else "")
        title = f"{company.name} is not accepted"
        write_letter(this, company, title=title, text=said, path=f"/partners/{company.id}/")
    return company
