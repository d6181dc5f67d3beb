"""Tell people something, in the site and by e-mail."""

from collections.abc import Iterable

from django.db import transaction

from consentry.audit.change import Change
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.people.models import Account, Notification


def notify(this: Change, accounts: Iterable[Account], *, title: str, text: str, path: str) -> None:
    """One notification for each account, in an open change; a job, woken after the commit, mails them.

    `path` is the address within the product of what it is about.
    """
    Notification.objects.bulk_create(
        Notification(school_id=account.school_id, account=account, title=title, text=text, path=path, made_at=this.at)
        for account in accounts
    )
    transaction.on_commit(wake_mailer, robust=True)
