"""End every session of a person, in whatever browser and at whatever site."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.end_sessions import end_sessions
from consentry.people.models import Account
from consentry.people.party import Party, actor_of, check_party
from consentry.people.queries.users import account_of_site
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def sign_out_everywhere(site: Site, account_id: int, *, by: Party, at: datetime) -> Account:
    """With their next click they must sign in again. Everybody may do it to themselves.

    Raises NotPermittedError, Account.DoesNotExist for another site's.
    """
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        account = account_of_site(site, account_id)
        if account != by:
            check_party(by, site, Page.USERS, timezone.localdate(at))
        end_sessions(account.user)
        this.record(EventName.USER_SIGNED_OUT, account, user=account.user_id)
    return account
