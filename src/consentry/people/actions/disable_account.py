"""Shut somebody out of a site: their sign-in opens nothing there from the next click on."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.end_sessions import end_sessions
from consentry.people.administrators import keeping_an_administrator, lock_roles
from consentry.people.models import Account
from consentry.people.party import Party, actor_of, check_party
from consentry.people.queries.users import account_of_site
from consentry.people.queries.who_may_sign_in import may_sign_in
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def disable_account(site: Site, account_id: int, *, by: Party, at: datetime) -> Account:
    """The account opens nothing; roles, history and accounts at other sites stay. Without any other, sessions end too.

    Raises NotPermittedError, LastAdministratorError, Account.DoesNotExist for another site's, InvalidError for one's
    own account and for one that is disabled.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        lock_roles(site)
        check_party(by, site, Page.USERS, today)
        account = account_of_site(site, account_id)
        if account == by:
            raise InvalidError("account", "you cannot disable your own account")
        if not account.enabled:
            raise InvalidError("account", "this account is disabled already")
        with keeping_an_administrator(site, today):
            account.enabled = False
            account.save(update_fields=["enabled"])
        if not may_sign_in(account.user):
            end_sessions(account.user)
        this.record(EventName.USER_DISABLED, account, user=account.user_id)
    return account
