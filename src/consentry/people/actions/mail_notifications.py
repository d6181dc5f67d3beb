"""Send by e-mail what people were told in the site. The row says whether it was mailed; jobs only wake this up."""

import logging
from datetime import datetime, timedelta

from django.core.mail import get_connection, send_mail
from django.core.mail.backends.base import BaseEmailBackend

from consentry.audit.actor import SYSTEM
from consentry.audit.change import ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.people.models import Notification
from consentry.rules.identity import SchoolId

GIVE_UP_AFTER = timedelta(days=3)
"""An address that takes no mail for this long is not tried again; the notification stays in the site."""

_SECONDS = 20
_AT_A_TIME = 200

_log = logging.getLogger(__name__)


def mail_notifications(*, base_url: str, at: datetime) -> int:
    """Mail what has not been mailed yet, the oldest first; how many were sent.

    One transaction for each: the row is locked (another run skips it), marked and mailed, and then committed, so that a
    failure leaves it for the next run and two runs at once send it once. A mail server that is away ends the run.
    """
    waiting = _waiting(at)
    if not waiting:
        return 0
    mailer = get_connection(timeout=_SECONDS)
    try:
        mailer.open()
    except OSError as away:
        _log.warning("mail server is away: %s", type(away).__name__)
        return 0
    with mailer:
        return sum(_mail(number, school, mailer, base_url=base_url, at=at) for number, school in waiting)


def _waiting(at: datetime) -> list[tuple[int, SchoolId]]:
    unsent = Notification.objects.filter(
        mailed_at=None,
        made_at__gt=at - GIVE_UP_AFTER,
        account__enabled=True,
        account__user__is_active=True,
    )
    found = unsent.order_by("made_at", "id").values_list("id", "school_id")[:_AT_A_TIME]
    return [(number, SchoolId(school)) for number, school in found]


def _mail(number: int, school: SchoolId, mailer: BaseEmailBackend, *, base_url: str, at: datetime) -> bool:
    """Mail one notification, unless another run has it or had it."""
    try:
        with change(actor=SYSTEM, at=at, school=school) as this:
            rows = Notification.objects.select_related("account__user", "school")
            free = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
            told = free.filter(id=number, mailed_at=None).first()
            if told is not None:
                told.mailed_at = at
                told.save(update_fields=["mailed_at"])
                this.record(EventName.NOTIFICATION_MAILED, told, account=told.account_id)
                _send(told, mailer, base_url)
    except ChangeWithoutEventError:
        return False
    except (OSError, ValueError) as failure:  # ValueError: an address or header that cannot be sent
        _log.warning("notification %s was not mailed: %s", number, type(failure).__name__)
        return False
    return True


def _send(told: Notification, mailer: BaseEmailBackend, base_url: str) -> None:
    text = f"{told.text}\n\n{base_url}{told.path}\n\nYou get this because you have an account at {told.school}.\n"
    send_mail(" ".join(told.title.split()), text, None, [told.account.user.email], connection=mailer)
