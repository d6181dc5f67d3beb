"""Tell people something, in the site and by e-mail."""

from collections.abc import Iterable

from consentry.audit.change import Change
from consentry.people.models import Account, Notification


def notify(this: Change, accounts: Iterable[Account], *, title: str, text: str, path: str) -> None:
    """One notification for each account, in an open change; a job mails those that were not mailed yet.

    `path` is the address within the product of what it is about.
    """
    Notification.objects.bulk_create(
        Notification(
            school_id=account.school_id, account=account, title=title, text=text, path=path, made_at=this.at
        )
        for account in accounts
    )
