"""Join a company by the link that its Administrator had mailed."""

from datetime import datetime

from django.db import transaction

from consentry.audit.actor import Actor, ActorKind
from consentry.audit.change import change
from consentry.partners.actions.join_company import Person, join_company
from consentry.partners.actions.wake_sandboxes import wake_sandboxes
from consentry.partners.models import CompanyInvitation, CompanyMember
from consentry.partners.queries.links import lock_link


def accept_invitation(key: str, person: Person, *, at: datetime) -> CompanyMember:
    """The person acts for the company in the role that they were invited for.

    Raises CompanyInvitation.DoesNotExist for a link that is unknown, old, used or for registering, InvalidError and
    OtherPersonError as join_company.
    """
    with change(actor=Actor(ActorKind.USER, None, person.name), at=at, school=None) as this:
        link = lock_link(key, at)
        if link.company is None:
            raise CompanyInvitation.DoesNotExist
        transaction.on_commit(wake_sandboxes, robust=True)
        return join_company(this, link, link.company, person)
