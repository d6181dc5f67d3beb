"""Invite somebody to act for a company."""

from datetime import datetime, timedelta

from consentry.audit.change import change
from consentry.partners.acting import acting
from consentry.partners.details import check_email
from consentry.partners.inviting import invite
from consentry.partners.models import CompanyInvitation, CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.rules.company_life import CompanyState
from consentry.rules.company_roles import CompanyAct, CompanyRole
from consentry.rules.invalid import InvalidError

MOST_A_DAY = 20
"""Links that one company may have mailed in a day: each goes to somebody who may never have heard of it."""

MOST_BEFORE_ACCEPTED = 5
"""The same of a company that the operator has not accepted: anybody can register one, under a name of their choice."""


def invite_member(email: str, role: CompanyRole, *, by: CompanyMember, at: datetime) -> CompanyInvitation:
    """A link is mailed to them; one that waited for them before works no more.

    Raises InvalidError for what is no address, for somebody who acts for the company already, and for too many in a
    day; NotForThisMemberError, and CompanyMember.DoesNotExist for who was removed.
    """
    check_email("email", email)
    email = email.lower()
    with change(actor=acting(by), at=at, school=None) as this:
        company = check_member_may(by, CompanyAct.ADMINISTER).company
        most = MOST_A_DAY if company.state == CompanyState.ACCEPTED else MOST_BEFORE_ACCEPTED
        if company.invitations.filter(made_at__gt=at - timedelta(days=1)).count() >= most:
            raise InvalidError("email", f"{most} people were invited since yesterday; try again tomorrow")
        return invite(this, company, email, role, by=by.user)
