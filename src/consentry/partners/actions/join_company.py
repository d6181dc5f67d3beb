"""Somebody joins a company, in the open change of a use case that has proved their address."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.details import check_name
from consentry.partners.models import Company, CompanyInvitation, CompanyMember
from consentry.partners.queries.links import owner_of
from consentry.people.actions.end_sessions import end_sessions
from consentry.people.models import User
from consentry.rules.invalid import InvalidError


@dataclass(frozen=True)
class NewPerson:
    """Somebody who does not sign in here yet: their name, and the password that they choose."""

    name: str
    password: str


Person = NewPerson | User


class OtherPersonError(Exception):
    """The link was mailed to somebody who signs in already, and it is not they who use it."""


def check_person(link: CompanyInvitation, person: Person) -> None:
    """Raise InvalidError for a name or password that cannot be, OtherPersonError for who is not the link's owner."""
    owner = owner_of(link)
    if isinstance(person, User):
        if owner != person:
            raise OtherPersonError
        return
    if owner is not None:
        raise OtherPersonError
    check_name("person_name", person.name)
    try:
        validate_password(person.password, User(email=link.email, name=person.name))
    except ValidationError as weak:
        raise InvalidError("password", " ".join(weak.messages).rstrip(".")) from None


def join_company(this: Change, link: CompanyInvitation, company: Company, person: Person) -> CompanyMember:
    """The person acts for the company from now on, in the link's role; the link, locked, works no more.

    Raises InvalidError where they act for it already, and as check_person.
    """
    check_person(link, person)
    user = person if isinstance(person, User) else _new_user(this, link, person)
    if CompanyMember.objects.filter(company=company, user=user, ended_at=None).exists():
        raise InvalidError("email", f"{user.email} acts for {company.name} already")
    member = CompanyMember.objects.create(company=company, user=user, role=link.role, joined_at=this.at)
    link.ended_at = this.at
    link.save(update_fields=["ended_at"])
    this.actor = acting(member)
    this.record(EventName.MEMBER_JOINED, member, company=company.id, user=user.id, role=member.role)
    return member


def _new_user(this: Change, link: CompanyInvitation, person: NewPerson) -> User:
    """Somebody new; or who was here and may not sign in any more: the link proves the address as a reset does."""
    password = make_password(person.password)
    former = User.objects.select_for_update(no_key=True).filter(email__iexact=link.email).first()
    if former is not None:
        return _come_back(former, person.name, password)
    try:
        with transaction.atomic():
            return User.objects.create(email=link.email, name=person.name, password=password, added_at=this.at)
    except IntegrityError:  # a site added them at this moment
        raise OtherPersonError from None


def _come_back(user: User, name: str, password: str) -> User:
    if not user.is_active:
        raise InvalidError("person_name", "this address cannot be used any more: ask the operator")
    user.name, user.password = name, password
    user.save(update_fields=["name", "password"])
    end_sessions(user)
    return user
