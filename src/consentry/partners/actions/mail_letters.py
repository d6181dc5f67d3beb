"""Mail what companies are told. The row says whether it was mailed; jobs only wake this up."""

from datetime import datetime, timedelta
from functools import partial

from django.core.mail import EmailMessage

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.partners.models import CompanyLetter
from consentry.people.mailing import mail_each
from consentry.rules.identity import SchoolId

GIVE_UP_AFTER = timedelta(days=3)
"""An address that takes no mail for this long is not tried again; the company's page says the same."""

_AT_A_TIME = 200


def mail_letters(*, base_url: str, at: datetime) -> int:
    """Mail what has not been mailed yet, the oldest first; how many were sent."""
    unsent = CompanyLetter.objects.filter(mailed_at=None, made_at__gt=at - GIVE_UP_AFTER).order_by("made_at", "id")
    waiting: list[tuple[int, SchoolId | None]] = [
        (number, None) for number in unsent.values_list("id", flat=True)[:_AT_A_TIME]
    ]
    return mail_each(waiting, partial(_take, base_url=base_url), at=at)


def _take(this: Change, number: int, *, base_url: str) -> EmailMessage | None:
    rows = CompanyLetter.objects.select_related("company")
    free = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
    letter = free.filter(id=number, mailed_at=None).first()
    if letter is None:
        return None
    letter.mailed_at = this.at
    letter.save(update_fields=["mailed_at"])
    company = letter.company
    this.record(EventName.COMPANY_TOLD, company, letter=letter.id)
    address = f"\n{base_url}{letter.path}\n" if letter.path else ""
    text = f"{letter.text}\n{address}\nYou get this because you are the contact of {company.name}.\n"
    return EmailMessage(" ".join(letter.title.split()), text, None, [company.contact_email])
