"""Send by e-mail what people were told in the site. The row says whether it was mailed; jobs only wake this up."""

from datetime import datetime, timedelta
from functools import partial

from django.core.mail import EmailMessage

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.mailing import mail_each
from consentry.people.models import Notification
from consentry.rules.identity import SchoolId

GIVE_UP_AFTER = timedelta(days=3)
"""An address that takes no mail for this long is not tried again; the notification stays in the site."""

_AT_A_TIME = 200


def mail_notifications(*, base_url: str, at: datetime) -> int:
    """Mail what has not been mailed yet, the oldest first; how many were sent."""
    return mail_each(_waiting(at), partial(_notification, base_url=base_url), at=at)


def _waiting(at: datetime) -> list[tuple[int, SchoolId | None]]:
    unsent = Notification.objects.filter(
        mailed_at=None,
        made_at__gt=at - GIVE_UP_AFTER,
        account__enabled=True,
        account__user__is_active=True,
    )
    found = unsent.order_by("made_at", "id").values_list("id", "school_id")[:_AT_A_TIME]
    return [(number, SchoolId(school)) for number, school in found]


def _notification(this: Change, number: int, *, base_url: str) -> EmailMessage | None:
    rows = Notification.objects.select_related("account__user", "school")
    free = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
    told = free.filter(id=number, mailed_at=None).first()
    if told is None:
        return None
    told.mailed_at = this.at
    told.save(update_fields=["mailed_at"])
    this.record(EventName.NOTIFICATION_MAILED, told, account=told.account_id)
    text = f"{told.text}\n\n{base_url}{told.path}\n\nYou get this because you have an account at {told.school}.\n"
    return EmailMessage(" ".join(told.title.split()), text, None, [told.account.user.email])
