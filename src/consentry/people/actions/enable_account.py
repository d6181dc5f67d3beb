"""Let somebody into a site again who was shut out."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.administrators import lock_roles
from consentry.people.models import Account
from consentry.people.party import Party, actor_of, check_gives_account, check_party
from consentry.people.queries.users import account_of_site
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def enable_account(site: Site, account_id: int, *, by: Party, at: datetime) -> Account:
    """The account works as before, with the roles that have not ended meanwhile.

    Raises NotPermittedError, CannotGiveError where that would give what `by` does not hold, Account.DoesNotExist for
    another site's, InvalidError for one that is enabled or reaches schools that `by` does not.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        lock_roles(site)
        check_party(by, site, Page.USERS, today)
        account = account_of_site(site, account_id)
        if account.enabled:
            raise InvalidError("account", "this account is enabled already")
        check_gives_account(by, account, today)
        account.enabled = True
        account.save(update_fields=["enabled"])
        this.record(EventName.USER_ENABLED, account, user=account.user_id)
    return account
