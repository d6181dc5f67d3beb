"""Mark an account's notifications as read."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.models import Account, Notification
from consentry.rules.identity import SchoolId


def read_notifications(account: Account, *, by: Actor, at: datetime) -> int:
    """All that the account has not read are read now; how many there were."""
    with change(actor=by, at=at, school=SchoolId(account.school_id)) as this:
        count = Notification.objects.filter(account=account, read_at=None).update(read_at=at)
        this.record(EventName.NOTIFICATION_READ, account, count=count)
    return count
