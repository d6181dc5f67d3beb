"""Call off a change of e-mail that is underway: from a page of the site, or by one of its links."""

from datetime import datetime

from consentry.audit.actor import Actor, ActorKind
from consentry.audit.change import change
from consentry.people.actions.ask_email_change import check_may_change, end_underway
from consentry.people.lock_user import lock_user
from consentry.people.models import Account
from consentry.people.party import Party, actor_of
from consentry.people.queries.email_changes import link_of
from consentry.people.queries.users import account_of_site
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def cancel_email_change(site: Site, account_id: int, *, by: Party, at: datetime) -> Account:
    """Their e-mail stays, and the links work no longer.

    Raises NotPermittedError, Account.DoesNotExist for another site's, InvalidError where nothing is underway, and where
    another site has asked for it and it is not the person themself who calls it off.
    """
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        account = account_of_site(site, account_id)
        check_may_change(account, by, site, at)
        lock_user(account.user_id)
        if not end_underway(this, account.user, by):
            raise InvalidError("email", "no change of their email is underway")
    return account


def cancel_by_link(key: str, *, at: datetime) -> None:
    """The same, by whoever reads the mail of either address. Raises EmailChange.DoesNotExist for a dead link."""
    asked = link_of(key, at).change
    user = asked.user
    with change(actor=Actor(ActorKind.USER, user.id, user.name), at=at, school=None) as this:
        lock_user(user.id)
        link_of(key, at)
        end_underway(this, user)
