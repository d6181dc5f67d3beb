"""Being at a school from its trust: who may, and how each of a trust's schools stands for one of its people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from consentry.people.models import Account, TermsAcceptance, User
from consentry.people.queries.accounts import account_at
from consentry.people.queries.permissions import held_by, opening_of, permissions_of, reaches
from consentry.rules.identity import SchoolId
from consentry.rules.pages import Page, opens
from consentry.rules.permissions import Level, Permission
from consentry.rules.reach import SchoolAccess, SchoolReach
from consentry.schools.models import Site
from consentry.schools.queries import newest_terms, schools_of


def may_be_there(account: Account, on: date) -> bool:
    """Whether the External Administrator of this account may be at its school today.

    They are somebody at the trust still, may sign in to schools from there, and reach this one.
    """
    at_trust = account_at(account.user, SchoolId(account.trust_id)) if account.trust_id else None
    return at_trust is not None and may_go_to(at_trust, account.school, on)


def may_go_to(at_trust: Account, school: Site, on: date) -> bool:
    """Whether somebody with this account at a trust may be at the school from there."""
    return reaches(at_trust, school) and Permission.GROUP_LOGIN_TO_SCHOOLS in held_by(at_trust, on)


def way_back(user: User, trust: int, on: date) -> tuple[Site, bool] | None:
    """The trust's site, and whether its schools are open to them there; None for who is nobody at the trust (now)."""
    account = account_at(user, SchoolId(trust))
    if account is None:
        return None
    return account.school, opens(opening_of(Page.SCHOOLS, Level.TRUST), permissions_of(account, on))


def reach_of(at_trust: Account) -> SchoolReach:
    """Which of the trust's schools the account may sign in to."""
    access = SchoolAccess(at_trust.school_access)
    if access is not SchoolAccess.SOME:
        return SchoolReach(access)
    of_trust = at_trust.reached_schools.filter(reached__trust=at_trust.school_id)
    return SchoolReach(access, frozenset(of_trust.values_list("reached", flat=True)))


@dataclass(frozen=True)
class SchoolForMe:
    """One of a trust's schools as it stands for one of the trust's people.

    `account` is theirs there, None before they first signed in to it; `terms_wait` says that they have to accept the
    school's terms and conditions, at once where they have no account yet.
    """

    site: Site
    is_reached: bool
    account: Account | None
    terms_wait: bool

    @property
    def is_shut_out(self) -> bool:
        """Whether the school has disabled their account."""
        return self.account is not None and not self.account.enabled


def schools_for(at_trust: Account) -> list[SchoolForMe]:
    """The trust's schools by name, as they stand for the person of this account. Five queries at most."""
    reach, terms = reach_of(at_trust), newest_terms()
    accounts = _accounts_from(at_trust.user, at_trust.school)
    accepted = _accepted(accounts.values(), terms.id) if terms else set()
    return [
        SchoolForMe(site, reach.reaches(site.id), found, terms is not None and (not found or found.id not in accepted))
        for site in schools_of(at_trust.school)
        for found in (accounts.get(site.id),)
    ]


def _accounts_from(user: User, trust: Site) -> dict[int, Account]:
    """The user's accounts at schools where they came from this trust, by the school."""
    accounts = Account.objects.filter(user=user, trust=trust).select_related("user", "school", "trust")
    return {account.school_id: account for account in accounts}


def _accepted(accounts: Collection[Account], terms: int) -> set[int]:
    found = TermsAcceptance.objects.filter(account__in=accounts, terms=terms)
    return set(found.values_list("account", flat=True))
