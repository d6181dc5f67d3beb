"""Change the name by which a person is known."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.elsewhere import record_elsewhere
from consentry.audit.names import EventName
from consentry.people.actions.send_password_link import check_own
from consentry.people.lock_user import lock_user
from consentry.people.models import Account
from consentry.people.party import Party, actor_of, check_party
from consentry.people.queries.accounts import accounts_by_school, schools_of
from consentry.people.queries.sign_ins import has_entered
from consentry.people.queries.users import account_of_site
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def rename_user(site: Site, account_id: int, name: str, *, by: Party, at: datetime) -> Account:
    """They go by this name at all of their sites, each of which has it on record.

    Everybody may change their own. Others may for somebody of their site alone, who has come there: until then the site
    is not told the name either. Raises NotPermittedError, Account.DoesNotExist for another site's, InvalidError for an
    External Administrator, somebody of other sites too, and the name that they have.
    """
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        account = account_of_site(site, account_id)
        if account != by:
            check_party(by, site, Page.USERS, timezone.localdate(at))
        check_own(account)
        user = lock_user(account.user_id)
        if account != by:
            _check_is_of_this_site_alone(account)
        if name == user.name:
            raise InvalidError("name", "this is their name already")
        user.name = name
        user.save(update_fields=["name"])
        this.record(EventName.USER_RENAMED, account, user=user.id, called=name)
        record_elsewhere(this, accounts_by_school(user), EventName.USER_RENAMED, user=user.id, called=name)
    return account


def _check_is_of_this_site_alone(account: Account) -> None:
    if not has_entered(account):
        raise InvalidError("name", "their name is shown, and can be changed, once they have signed in here")
    if set(schools_of(account.user)) != {account.school_id}:
        raise InvalidError(
            "name", "they belong to another site too: they change their name themselves, on their own page"
        )
