"""Ask for the link by which a company is registered."""

from datetime import datetime

from django.db import transaction

from consentry.audit.actor import SYSTEM
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_email
from consentry.partners.models import CompanyInvitation
from consentry.partners.queries.links import VALID_FOR
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.rules.company_roles import CompanyRole


def ask_company_link(email: str, *, at: datetime) -> None:
    """A link is mailed to this address, whoever's it is: it proves that they read what is mailed there.

    The same is done for every address, so that the answer tells nobody who signs in here. The key is made as it is
    mailed. Raises InvalidError for what is no address.
    """
    check_email("email", email)
    with change(actor=SYSTEM, at=at, school=None) as this:
        asked = CompanyInvitation.objects.create(
            email=email.lower(), role=CompanyRole.ADMINISTRATOR, made_at=at, expires_at=at + VALID_FOR
        )
        this.record(EventName.COMPANY_LINK_ASKED, asked)
        transaction.on_commit(wake_mailer, robust=True)
