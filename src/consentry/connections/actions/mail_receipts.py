"""Mail the receipts of decisions to everybody who may decide at the site."""

from datetime import datetime, timedelta
from functools import partial

from django.core.mail import EmailMessage
from django.db import connection

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.connections.models import ReceiptMail
from consentry.connections.queries.receipts import receipt_in_words
from consentry.people.mailing import mail_each
from consentry.rules.identity import SchoolId

GIVE_UP_AFTER = timedelta(days=3)
"""An address that takes no mail for this long is not tried again; the receipt stays in the site for ever."""


def mail_receipts(*, base_url: str, at: datetime) -> int:
    """Mail what has not been mailed yet; how many mails were sent. Rows say what is to be mailed, jobs only wake it."""
    return mail_each(_waiting(at), partial(_take, base_url=base_url), at=at)


def _waiting(at: datetime) -> list[tuple[int, SchoolId | None]]:
    """Asked through the database function, because it reaches across sites."""
    with connection.cursor() as cursor:
        cursor.execute("select mail_id, school_id from receipt_mails_waiting(%s)", [at - GIVE_UP_AFTER])
        return [(number, SchoolId(school)) for number, school in cursor.fetchall()]


def _take(this: Change, number: int, *, base_url: str) -> EmailMessage | None:
    free = ReceiptMail.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    rows = free.select_related("receipt", "school", "account__user").filter(account__enabled=True)
    mail = rows.filter(id=number, mailed_at=None).first()
    if mail is None:
        return None
    mail.mailed_at = this.at
    mail.save(update_fields=["mailed_at"])
    this.record(EventName.RECEIPT_MAILED, mail.receipt, account=mail.account_id)
    receipt, site = mail.receipt, mail.school
    title = f"{receipt.get_decision_display()}: {receipt.content['app']} at {site.name}"
    address = f"{base_url}/{site.slug}/receipts/{receipt.id}"
    text = f"{receipt_in_words(receipt)}\n{address}\n\nYou get this because you may decide on apps at {site.name}.\n"
    return EmailMessage(" ".join(title.split()), text, None, [mail.account.user.email])
