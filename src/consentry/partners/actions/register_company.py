"""Register a company, by a link that proves an address."""

from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from consentry.audit.actor import Actor, ActorKind
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.join_company import Person, check_person, join_company
from consentry.partners.actions.wake_sandboxes import wake_sandboxes
from consentry.partners.company_details import CompanyDetails, check_company
from consentry.partners.models import Company, CompanyInvitation, CompanyMember
from consentry.partners.queries.links import lock_link
from consentry.rules.company_life import CompanyState
from consentry.rules.invalid import InvalidError


def register_company(key: str, details: CompanyDetails, person: Person, *, at: datetime) -> CompanyMember:
    """The company waits for the operator, and who registers it is its first Administrator.

    Raises CompanyInvitation.DoesNotExist for a link that is unknown, old, used or for joining, InvalidError for details
    that cannot be or a name that is taken, OtherPersonError where the link was mailed to somebody else.
    """
    check_company(details)
    with change(actor=Actor(ActorKind.USER, None, person.name), at=at, school=None) as this:
        link = lock_link(key, at)
        if link.company_id is not None:
            raise CompanyInvitation.DoesNotExist
        check_person(link, person)
        company = _add(details, at)
        member = join_company(this, link, company, person)
        transaction.on_commit(wake_sandboxes, robust=True)
        this.record(EventName.COMPANY_REGISTERED, company)
    return member


def _add(details: CompanyDetails, at: datetime) -> Company:
    check_name_free(details.name)
    company = Company(**asdict(details), state=CompanyState.WAITING, state_since=at, added_at=at)
    try:
        with transaction.atomic():
            company.save(force_insert=True)
    except IntegrityError:
        raise _taken(details.name) from None
    return company


def check_name_free(name: str, *, but: int | None = None) -> None:
    """Raise InvalidError where a company, other than the one of this id, has the name, whatever its capitals."""
    if Company.objects.filter(name__iexact=name).exclude(id=but or 0).exists():
        raise _taken(name)


def _taken(name: str) -> InvalidError:
    return InvalidError("name", f"there is a company called {name} already")
