"""Invite somebody to act for a company that the operator looks after: its first person, or one after all have gone."""

from datetime import datetime

from django.db import transaction

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_email
from consentry.partners.models import Company, CompanyInvitation
from consentry.partners.queries.links import VALID_FOR, usable_at
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.rules.company_roles import CompanyRole
from consentry.rules.invalid import InvalidError


def invite_administrator(company_id: int, email: str, *, by: Actor, at: datetime) -> CompanyInvitation:
    """The operator has a link mailed to them; with it they become an Administrator of the company.

    One that waited for them before works no more. Raises InvalidError for what is no address and for somebody who acts
    for the company already, Company.DoesNotExist for an unknown company.
    """
    check_email("email", email)
    email = email.lower()
    with change(actor=by, at=at, school=None) as this:
        company = Company.objects.select_for_update(no_key=True).get(id=company_id)
        if company.members.filter(ended_at=None, user__email__iexact=email).exists():
            raise InvalidError("email", f"{email} acts for {company.name} already")
        usable_at(at).filter(company=company, email=email).update(ended_at=at)
        role = CompanyRole.ADMINISTRATOR
        asked = CompanyInvitation.objects.create(
            email=email, company=company, role=role, made_at=at, expires_at=at + VALID_FOR
        )
        this.record(EventName.MEMBER_INVITED, asked, company=company.id, role=role.value)
        transaction.on_commit(wake_mailer, robust=True)
    return asked
