"""Somebody who signs in acts for a company from now on: what the operator does for a company's first person."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.models import Company, CompanyMember
from consentry.people.models import User
from consentry.rules.company_roles import CompanyRole
from consentry.rules.invalid import InvalidError


def add_member(company: Company, user: User, role: CompanyRole, *, by: Actor, at: datetime) -> CompanyMember:
    """The membership. Raises InvalidError for somebody who acts for the company already."""
    with change(actor=by, at=at, school=None) as this:
        Company.objects.select_for_update(no_key=True).get(id=company.id)
        if CompanyMember.objects.filter(company=company, user=user, ended_at=None).exists():
            raise InvalidError("email", f"{user.email} acts for {company.name} already")
        member = CompanyMember.objects.create(company=company, user=user, role=role.value, joined_at=at)
        this.record(EventName.MEMBER_JOINED, member, company=company.id, user=user.id, role=member.role)
    return member
