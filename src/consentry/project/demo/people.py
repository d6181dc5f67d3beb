"""The people of the demo: welcomed to their sites, with their schools, the terms accepted before the story starts."""

import secrets

from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.people.actions.accept_terms import accept_terms
from consentry.people.actions.add_user import NewUser
from consentry.people.actions.give_permission import give_permission
from consentry.people.actions.give_role import give_role
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.actions.set_school_access import set_school_access
from consentry.people.models import Account
from consentry.people.queries.roles import role_choices
from consentry.people.queries.users import account_called
from consentry.project.config import ConfigurationError
from consentry.project.demo.cast import CHANGE, GIVER, INVITED, PEOPLE, DemoPerson
from consentry.rules.periods import Period
from consentry.rules.reach import SchoolAccess, SchoolReach
from consentry.schools.models import Site, Terms
from consentry.schools.queries import school_id, site_by_slug
from consentry.workflows.welcome_user import welcome_user


def welcome_everybody(terms: Terms) -> dict[str, str]:
    """Everybody's password, by e-mail. All but the first, who does so in the story, have accepted the terms."""
    passwords = {}
    for person in PEOPLE:
        passwords[person.email] = secrets.token_urlsafe(12)
        account = _welcome(person, passwords[person.email])
        if person is not PEOPLE[0]:
            accept_terms(account, terms.number, at=timezone.now())
    return passwords


def _welcome(person: DemoPerson, password: str) -> Account:
    wanted = NewUser(person.email, person.name, password)
    account = welcome_user(person.site, wanted, person.role, by=OPERATOR, at=timezone.now())
    if person.access is not SchoolAccess.NONE:
        reach = SchoolReach(person.access, frozenset(site_by_slug(each).id for each in person.schools))
        with change(actor=OPERATOR, at=timezone.now(), school=school_id(account.school)) as this:
            set_school_access(this, account, reach)
    return account


def look_after_people() -> None:
    """What an administrator has done by then: somebody is invited, a role is to come, a permission is for a time."""
    site, at = site_by_slug(INVITED.site), timezone.now()
    today, by = timezone.localdate(at), _account(site, GIVER)
    roles = {name: number for number, name in role_choices(site)}
    invited = Invited(INVITED.email, INVITED.name, role=roles[INVITED.role], period=Period(today))
    invite_user(site, invited, by=by, at=at)
    theirs = _account(site, CHANGE.email).id
    give_role(site, theirs, roles[CHANGE.role], Period(today + CHANGE.starts_in), by=by, at=at)
    give_permission(site, theirs, CHANGE.permission, Period(today, today + CHANGE.lasts), by=by, at=at)


def _account(site: Site, email: str) -> Account:
    account = account_called(site, email)
    if account is None:
        raise ConfigurationError(f"Nobody at {site.name} signs in as {email}.")
    return account
