"""Somebody acts for a company no more."""

from datetime import datetime

from django.db import transaction

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.actions.wake_sandboxes import wake_sandboxes
from consentry.partners.models import Company, CompanyMember
from consentry.partners.queries.members import check_member_may, member_of
from consentry.rules.company_roles import CompanyAct, CompanyRole


class LastOfCompanyError(Exception):
    """Nobody would be left who can change the company and its members."""

    def __init__(self, company: str) -> None:
        super().__init__(f"{company} keeps an Administrator: make somebody else one first.")


def remove_member(member_id: int, *, by: CompanyMember, at: datetime) -> CompanyMember:
    """Their next click is refused. What they did stays on record; everybody may remove themselves.

    Raises LastOfCompanyError, CompanyMember.DoesNotExist for another company's and for who was removed already,
    NotForThisMemberError.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        lock_members(by.company)
        company = check_member_may(by, CompanyAct.LOOK if member_id == by.id else CompanyAct.ADMINISTER).company
        member = member_of(company, member_id)
        member.ended_at = at
        member.save(update_fields=["ended_at"])
        check_not_last(company)
        this.record(EventName.MEMBER_REMOVED, member, company=company.id, user=member.user_id)
        transaction.on_commit(wake_sandboxes, robust=True)
    return member


def lock_members(company: Company) -> None:
    """Of two who remove each other at once, the second no longer may."""
    Company.objects.select_for_update(no_key=True).get(id=company.id)


def check_not_last(company: Company) -> None:
    """Raise LastOfCompanyError when nobody is left who administers it. Call it with its members locked."""
    if not company.members.filter(ended_at=None, role=CompanyRole.ADMINISTRATOR).exists():
        raise LastOfCompanyError(company.name)
