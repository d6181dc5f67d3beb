"""End every session of a person, in whatever browser and at whatever site."""

from datetime import datetime, timedelta

from django.utils import timezone

from consentry.audit.actor import ActorKind
from consentry.audit.change import change
from consentry.audit.elsewhere import record_elsewhere
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.people.actions.end_sessions import end_sessions
from consentry.people.lock_user import lock_user
from consentry.people.models import Account
from consentry.people.party import Party, actor_of, check_party
from consentry.people.queries.accounts import accounts_by_school
from consentry.people.queries.users import account_of_site
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id

MOST_A_DAY = 5
"""How often somebody can be signed out by others in a day, at all of their sites together."""


def sign_out_everywhere(site: Site, account_id: int, *, by: Party, at: datetime) -> Account:
    """With their next click they must sign in again. Everybody may do it to themselves.

    Each of their sites has it on record. Raises NotPermittedError, Account.DoesNotExist for another site's,
    InvalidError where people who look after users, at whichever of those sites, have done it too often since yesterday.
    """
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        account = account_of_site(site, account_id)
        if account != by:
            check_party(by, site, Page.USERS, timezone.localdate(at))
            lock_user(account.user_id)
            _check_not_too_often(account, at)
        end_sessions(account.user)
        this.record(EventName.USER_SIGNED_OUT, account, user=account.user_id)
        record_elsewhere(this, accounts_by_school(account.user), EventName.USER_SIGNED_OUT, user=account.user_id)
    return account


def _check_not_too_often(account: Account, at: datetime) -> None:
    """In an open change at the account's site, whose chain has each time that anybody did it."""
    done = Event.objects.filter(
        school_id=account.school_id,
        subject_type=Account.__name__,
        subject_id__in=Account.objects.filter(user=account.user, school=account.school).values("id"),
        name=EventName.USER_SIGNED_OUT,
        at__gt=at - timedelta(days=1),
    )
    by_others = done.exclude(actor_kind=ActorKind.USER, actor_id=account.user_id)
    if by_others.count() >= MOST_A_DAY:
        raise InvalidError(
            "account",
            f"they were signed out {MOST_A_DAY} times since yesterday, which is the most; if somebody else may know "
            "their password, send a password link, or disable the account",
        )
