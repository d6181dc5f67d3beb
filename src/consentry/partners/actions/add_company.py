"""Add a company that builds apps."""

from dataclasses import dataclass
from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_email, check_name, check_website
from consentry.partners.models import Company
from consentry.rules.invalid import InvalidError


@dataclass(frozen=True)
class NewCompany:
    """What is known of a company: who answers for it, and where its privacy notice stands."""

    name: str
    contact_name: str
    contact_email: str
    website: str
    privacy_notice: str


def add_company(wanted: NewCompany, *, by: Actor, at: datetime) -> Company:
    """Add the company. Raises InvalidError when there is one of this name, and for details that cannot be."""
    check_name("name", wanted.name)
    check_name("contact_name", wanted.contact_name)
    check_email("contact_email", wanted.contact_email)
    check_website("website", wanted.website)
    check_website("privacy_notice", wanted.privacy_notice)
    with change(actor=by, at=at, school=None) as this:
        if Company.objects.filter(name=wanted.name).exists():
            raise InvalidError("name", f"there is a company called {wanted.name} already")
        company = Company.objects.create(
            name=wanted.name,
            contact_name=wanted.contact_name,
            contact_email=wanted.contact_email,
            website=wanted.website,
            privacy_notice=wanted.privacy_notice,
            added_at=at,
        )
        this.record(EventName.COMPANY_ADDED, company)
    return company
