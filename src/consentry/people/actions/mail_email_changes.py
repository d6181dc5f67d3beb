"""Mail the links that confirm a change of e-mail. Each is made as it is mailed; what is kept of it is a hash."""

import secrets
from datetime import datetime
from functools import partial

from django.core.mail import EmailMessage
from django.db.models import F, Func, IntegerField, QuerySet
from django.urls import reverse

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.actions.ask_email_change import NO_LINK_YET
from consentry.people.mailing import mail_each
from consentry.people.models import EmailChange
from consentry.people.queries.email_changes import VALID_FOR, hash_of, underway_at
from consentry.rules.identity import SchoolId

_AT_A_TIME = 100

_TO_OLD = """Hello,

it was asked that you sign in to Consentry with {new} from now on, no longer with this address.

To see what would happen, and to confirm it or call it off, open this link:

{link}

The new address is asked as well. Nothing changes before both have confirmed, within {hours} hours.

If you did not expect this, open the link and call it off.
"""

_TO_NEW = """Hello,

it was asked that this address becomes the one with which somebody signs in to Consentry.

To see what would happen, and to confirm it or call it off, open this link:

{link}

The present address is asked as well. Nothing changes before both have confirmed, within {hours} hours.

If you know nothing of this, there is nothing to do.
"""


def mail_email_changes(*, base_url: str, at: datetime) -> int:
    """Mail the links that were not mailed yet, to either address by itself; how many were sent."""
    return sum(_mail_side(side, base_url, at) for side in ("old", "new"))


def _mail_side(side: str, base_url: str, at: datetime) -> int:
    found = _unmailed(side, at).order_by("asked_at", "id").values_list("id", flat=True)[:_AT_A_TIME]
    waiting: list[tuple[int, SchoolId | None]] = [(number, None) for number in found]
    return mail_each(waiting, partial(_link, side=side, base_url=base_url), at=at)


def _unmailed(side: str, at: datetime) -> QuerySet[EmailChange]:
    length = Func(F(f"{side}_key_hash"), function="octet_length", output_field=IntegerField())
    return underway_at(at).filter(user__is_active=True).alias(length=length).filter(length=NO_LINK_YET)


def _link(this: Change, number: int, *, side: str, base_url: str) -> EmailMessage | None:
    free = _unmailed(side, this.at).select_for_update(skip_locked=True, no_key=True, of=("self",))
    asked = free.filter(id=number).first()
    if asked is None:
        return None
    key = secrets.token_urlsafe(32)
    setattr(asked, f"{side}_key_hash", hash_of(key))
    asked.save(update_fields=[f"{side}_key_hash"])
    this.record(EventName.EMAIL_CHANGE_MAILED, asked, user=asked.user_id, address=side)
    text, to = (_TO_NEW, asked.new_email) if side == "new" else (_TO_OLD, asked.user.email)
    hours = int(VALID_FOR.total_seconds()) // 3600
    link = f"{base_url}{reverse('email-change', args=[key])}"
    return EmailMessage(
        "Consentry: Confirm a change of email address", text.format(link=link, new=asked.new_email, hours=hours),
        None, [to],
    )  # fmt: skip
