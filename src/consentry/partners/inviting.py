"""Having a link mailed with which somebody joins a company: what every invitation does, whoever invites."""

from django.db import transaction

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.partners.models import Company, CompanyInvitation
from consentry.partners.queries.links import VALID_FOR, usable_at
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.people.models import User
from consentry.rules.company_roles import CompanyRole
from consentry.rules.invalid import InvalidError


def invite(this: Change, company: Company, email: str, role: CompanyRole, *, by: User | None) -> CompanyInvitation:
    """In the open change; `email` is checked and in small letters, `by` None for the operator.

    One that waited for them before works no more. Raises InvalidError for somebody who acts for the company already.
    """
    if company.members.filter(ended_at=None, user__email__iexact=email).exists():
        raise InvalidError("email", f"{email} acts for {company.name} already")
    usable_at(this.at).filter(company=company, email=email).update(ended_at=this.at)
    asked = CompanyInvitation.objects.create(
        email=email, company=company, role=role, invited_by=by, made_at=this.at, expires_at=this.at + VALID_FOR
    )
    this.record(EventName.MEMBER_INVITED, asked, company=company.id, role=role.value)
    transaction.on_commit(wake_mailer, robust=True)
    return asked
