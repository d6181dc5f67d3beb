"""Send somebody of a site a link by which they set a new password."""

from datetime import datetime, timedelta

from django.utils import timezone

from consentry.audit.change import change
from consentry.people.actions.ask_link import ask_link
from consentry.people.lock_user import lock_user
from consentry.people.models import Account, Invitation
from consentry.people.party import Party, actor_of, check_party
from consentry.people.queries.accounts import in_use
from consentry.people.queries.users import account_of_site
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id

MOST_A_DAY = 5
"""Password links that somebody is sent in a day by those who look after users, of all of their sites together."""


def send_password_link(site: Site, account_id: int, *, by: Party, at: datetime) -> Invitation:
    """The link goes to their own address and to nobody else; their password stays until they set another.

    Raises NotPermittedError, Account.DoesNotExist for another site's, InvalidError for an account that is disabled or
    is somebody's of a trust, and where all of their sites together have sent too many since yesterday.
    """
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        check_party(by, site, Page.USERS, timezone.localdate(at))
        account = account_of_site(site, account_id)
        check_own(account)
        if not in_use().filter(id=account.id).exists():
            raise InvalidError("account", "this account is disabled: a new password would open nothing")
        lock_user(account.user_id)
        _check_not_too_often(account, at)
        return ask_link(this, account, is_welcome=False)


def _check_not_too_often(account: Account, at: datetime) -> None:
    since = at - timedelta(days=1)
    sent = Invitation.objects.filter(account__user=account.user_id, is_welcome=False, made_at__gt=since)
    if sent.count() >= MOST_A_DAY:
        raise InvalidError(
            "account",
            f"they were sent {MOST_A_DAY} password links since yesterday, which is the most; they can use the last, "
            "or ask for one themselves under “Forgot your password?” on the sign-in page",
        )


def check_own(account: Account) -> None:
    """Raise InvalidError for an External Administrator, whose sign-in the trust looks after."""
    if account.trust is not None:
        raise InvalidError("account", f"their sign-in is looked after at {account.trust.name}")
