"""Ask for a link to be mailed by which somebody sets their password."""

from django.db import transaction

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.people.models import Account, Invitation


def ask_link(this: Change, account: Account, *, is_welcome: bool) -> Invitation:
    """In an open change; a job, woken after the commit, makes the link as it mails it. One waiting is enough."""
    waiting = account.invitations.filter(mailed_at=None, is_welcome=is_welcome)
    waiting.delete()
    asked = Invitation.objects.create(account=account, is_welcome=is_welcome, made_at=this.at)
    this.record(EventName.LINK_ASKED, asked, account=account.id, welcome=is_welcome)
    transaction.on_commit(wake_mailer, robust=True)
    return asked
