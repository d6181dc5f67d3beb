"""Ask that somebody's e-mail becomes another: done when both addresses have confirmed it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from consentry.audit.change import Change, change
from consentry.audit.elsewhere import record_elsewhere
from consentry.audit.names import EventName
from consentry.people.actions.send_password_link import check_own
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.people.lock_user import lock_user
from consentry.people.models import Account, EmailChange, User
from consentry.people.party import Party, actor_of, check_party
from consentry.people.queries.email_changes import VALID_FOR
from consentry.people.queries.users import account_of_site
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id

MOST_A_DAY = 5
"""Changes of one person's e-mail that a site can ask for in a day: each mails somebody who may not know of it."""

NO_LINK_YET = 16
"""Bytes of the mark that stands for a link until it is made, as it is mailed. No key has a hash of this length."""


def ask_email_change(site: Site, account_id: int, new_email: str, *, by: Party, at: datetime) -> EmailChange:
    """A link goes to either address. What this site, or the person themself, had underway before is ended by it.

    Whether the new address is somebody's already is not told here: it is when both have confirmed. Everybody may ask
    for themselves. Raises NotPermittedError, Account.DoesNotExist for another site's, InvalidError for the address that
    they have, for an External Administrator, for what another site has underway, and for a change asked for too often.
    """
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        account = account_of_site(site, account_id)
        check_may_change(account, by, site, at)
        if new_email.lower() == account.user.email.lower():
            raise InvalidError("new_email", "they sign in with this address already")
        lock_user(account.user_id)
        _check_not_too_often(site, account.user, at)
        end_underway(this, account.user, by)
        asked = EmailChange.objects.create(
            user=account.user,
            school=site,
            new_email=new_email.lower(),
            old_key_hash=secrets.token_bytes(NO_LINK_YET),
            new_key_hash=secrets.token_bytes(NO_LINK_YET),
            asked_at=at,
        )
        this.record(EventName.EMAIL_CHANGE_ASKED, asked, account=account.id, user=account.user_id)
        transaction.on_commit(wake_mailer, robust=True)
    return asked


def _check_not_too_often(site: Site, user: User, at: datetime) -> None:
    if EmailChange.objects.filter(user=user, school=site, asked_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise InvalidError("new_email", f"this was asked for {MOST_A_DAY} times since yesterday; try again tomorrow")


def check_may_change(account: Account, by: Party, site: Site, at: datetime) -> None:
    """Raise NotPermittedError or InvalidError unless `by` may change this account's e-mail."""
    if account != by:
        check_party(by, site, Page.USERS, timezone.localdate(at))
    check_own(account)


def end_underway(this: Change, user: User, by: Party | None = None) -> int:
    """In an open change: no link of a change of this user's e-mail works any more; how many were underway.

    The person themself, and who reads the mail of either address (None), may end any; others what their own site has
    asked for. What another site has asked for is told there, too. Raises InvalidError for another site's.
    """
    rows = list(EmailChange.objects.filter(user=user, ended_at=None))
    for row in rows:
        if row.asked_at > this.at - VALID_FOR and not _may_end(row, this, by):
            raise InvalidError("new_email", "another site of theirs has asked for a change already")
        row.ended_at = this.at
        row.save(update_fields=["ended_at"])
        this.record(EventName.EMAIL_CHANGE_ENDED, row, user=user.id)
    for row in rows:
        if row.school_id is not None:
            record_elsewhere(this, {SchoolId(row.school_id): row}, EventName.EMAIL_CHANGE_ENDED, user=user.id)
    return len(rows)


def _may_end(row: EmailChange, this: Change, by: Party | None) -> bool:
    is_own = by is None or (isinstance(by, Account) and by.user_id == row.user_id)
    return is_own or row.school_id in {None, this.school}
