"""Forget the addresses of those who asked for a link to register a company, whether or not they came."""

from datetime import datetime, timedelta

from consentry.audit.actor import SYSTEM
from consentry.audit.change import ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.partners.models import CompanyInvitation

KEPT = timedelta(days=30)
"""How long they are kept after the link has ended: anybody can type anybody's address."""


def forget_company_links(*, at: datetime) -> int:
    """How many there were. Invitations to a company stay with it: they say who let whom in."""
    try:
        with change(actor=SYSTEM, at=at, school=None) as this:
            old = CompanyInvitation.objects.filter(company=None, expires_at__lt=at - KEPT)
            for link in old:
                this.record(EventName.COMPANY_LINK_FORGOTTEN, link)
            removed, _ = old.delete()
    except ChangeWithoutEventError:
        return 0
    return removed
