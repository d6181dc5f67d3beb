"""Change what sort of user somebody is at a site."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.assign_role import HOLD_ROLES
from consentry.people.actions.send_password_link import check_own
from consentry.people.administrators import lock_roles
from consentry.people.models import Account, UserType
from consentry.people.party import Party, actor_of, check_gives_account, check_party
from consentry.people.queries.permissions import held_now_or_later
from consentry.people.queries.users import account_of_site
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def change_user_type(site: Site, account_id: int, user_type: UserType, *, by: Party, at: datetime) -> Account:
    """From now on they are this at the site; what single sign-on does with them follows.

    Raises NotPermittedError, CannotGiveError, Account.DoesNotExist for another site's; InvalidError for an External
    Administrator and for the type, for what they are already, and while they hold what such a user cannot hold.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        lock_roles(site)
        check_party(by, site, Page.USERS, today)
        account = account_of_site(site, account_id)
        check_own(account)
        check_gives_account(by, account, today)
        if user_type == UserType.EXTERNAL:
            raise InvalidError("user_type", "External Administrators come from their trust’s own site")
        if user_type == account.user_type:
            raise InvalidError("user_type", "they are that already")
        if user_type not in HOLD_ROLES and held_now_or_later(account, today):
            raise InvalidError(
                "user_type", "end their business roles and ad hoc permissions first: only staff hold any"
            )
        account.user_type = user_type
        account.save(update_fields=["user_type"])
        this.record(EventName.USER_TYPE_CHANGED, account, user=account.user_id, user_type=user_type.value)
    return account
