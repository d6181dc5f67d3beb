"""Who carries out a use case on people: an account of the site that may, or the operator."""

from datetime import date

from consentry.audit.actor import Actor, ActorKind
from consentry.people.acting import acting
from consentry.people.models import Account, UserType
from consentry.people.queries.permissions import check_may, held_by, opening_of, permissions_of
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.rules.reach import check_may_give
from consentry.schools.models import Site

Party = Account | Actor


def actor_of(by: Party) -> Actor:
    """The party as events name it."""
    return acting(by) if isinstance(by, Account) else by


def check_party(by: Party, site: Site, page: Page, on: date) -> None:
    """Raise NotPermittedError unless this is an account that may use the page at the site today, or the operator."""
    if isinstance(by, Account):
        check_may(by, site, page, on)
    elif by.kind is not ActorKind.OPERATOR:
        raise NotPermittedError(opening_of(page, site.level)[0])


def check_gives(by: Party, permissions: frozenset[Permission], on: date) -> None:
    """Raise CannotGiveError, naming what is missing, when somebody gives or takes away what they do not hold today."""
    if isinstance(by, Account):
        check_may_give(permissions, held(by, on))


def held(account: Account, on: date) -> frozenset[Permission]:
    """All that the account could give to others: at a trust also what works in the trust's schools."""
    if account.user_type == UserType.EXTERNAL:
        return permissions_of(account, on)
    return held_by(account, on)
