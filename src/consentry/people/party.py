"""Who carries out a use case on people: an account of the site that may, or the operator."""

from datetime import date

from consentry.audit.actor import Actor, ActorKind
from consentry.people.acting import acting
from consentry.people.models import Account, UserType
from consentry.people.queries.from_trust import reach_of
from consentry.people.queries.permissions import check_may, held_by, held_now_or_later, opening_of, permissions_of
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.rules.reach import (
    CannotGiveReachError,
    SchoolAccess,
    SchoolReach,
    check_may_change_reach,
    check_may_give,
    check_may_give_to_the_end,
)
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


WITHOUT_END = date.max


def check_gives(by: Party, permissions: frozenset[Permission], on: date) -> None:
    """Raise CannotGiveError, naming what is missing, when somebody gives or takes away what they do not hold today."""
    if isinstance(by, Account):
        check_may_give(permissions, held(by, on))


def check_gives_until(by: Party, permissions: frozenset[Permission], on: date, last: date | None) -> None:
    """The same for what is given to the end of a last day, or without end where that is None.

    Whoever holds it for a time gives it for no longer: else they could give it to themselves for good. Raises
    CannotGiveError.
    """
    check_gives(by, permissions, on)
    if isinstance(by, Account):
        check_may_give_to_the_end(permissions, held(by, max(on, last or WITHOUT_END)))


def check_gives_account(by: Party, account: Account, on: date) -> None:
    """Raise CannotGiveError or InvalidError when `by` would open to somebody an account that is worth more than theirs.

    It is worth what it holds, or will hold, and at a trust the schools that it may sign in to.
    """
    check_gives(by, held_now_or_later(account, on), on)
    if isinstance(by, Account):
        try:
            check_may_change_reach(SchoolReach(SchoolAccess.NONE), reach_of(account), reach_of(by))
        except CannotGiveReachError as wider:
            raise InvalidError("account", "they may sign in to schools of the trust that you may not") from wider


def held(account: Account, on: date) -> frozenset[Permission]:
    """All that the account could give to others: at a trust also what works in the trust's schools."""
    if account.user_type == UserType.EXTERNAL:
        return permissions_of(account, on)
    return held_by(account, on)
