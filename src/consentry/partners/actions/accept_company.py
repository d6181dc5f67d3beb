"""The operator accepts a company that registered."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.write_letter import write_letter
from consentry.partners.details import check_description
from consentry.partners.models import Company
from consentry.rules.company_life import CompanyMove, CompanyState, company_move

_TEXT = """{company} has been accepted as a partner.

Put your apps before us once each is ready; an app that we have accepted can be made live."""


def accept_company(company_id: int, *, note: str = "", by: Actor, at: datetime) -> Company:
    """Its apps can be accepted from now on, and it is told. `note` is for the company to read.

    Raises CompanyMoveRefusedError where that cannot be from where it stands, InvalidError for a note that cannot be,
    Company.DoesNotExist.
    """
    if note:
        check_description("note", note)
    with change(actor=by, at=at, school=None) as this:
        company = Company.objects.select_for_update(no_key=True).get(id=company_id)
        company.state = company_move(CompanyState(company.state), CompanyMove.ACCEPT)
        company.state_since, company.declined_for, company.state_note = at, "", note
        company.save(update_fields=["state", "state_since", "declined_for", "state_note"])
        this.record(EventName.COMPANY_ACCEPTED, company)
        said = _TEXT.format(company=company.name) + (f"\n\n{note}" if note else "")
        write_letter(this, company, title=f"{company.name} is accepted", text=said, path=f"/partners/{company.id}/")
    return company
