"""Invite somebody to act for a company that the operator looks after: its first person, or one after all have gone."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.partners.details import check_email
from consentry.partners.inviting import invite
from consentry.partners.models import Company, CompanyInvitation
from consentry.rules.company_roles import CompanyRole


def invite_administrator(company_id: int, email: str, *, by: Actor, at: datetime) -> CompanyInvitation:
    """The operator has a link mailed to them; with it they become an Administrator of the company.

    One that waited for them before works no more. Raises InvalidError for what is no address and for somebody who acts
    for the company already, Company.DoesNotExist for an unknown company.
    """
    check_email("email", email)
    with change(actor=by, at=at, school=None) as this:
        company = Company.objects.select_for_update(no_key=True).get(id=company_id)
        return invite(this, company, email.lower(), CompanyRole.ADMINISTRATOR, by=None)
