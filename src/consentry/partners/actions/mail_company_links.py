"""Mail the links by which companies are registered and joined. Each is made as it is mailed; a hash of it is kept."""

import secrets
from datetime import datetime
from functools import partial

from django.core.mail import EmailMessage
from django.urls import reverse

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.partners.models import CompanyInvitation
from consentry.partners.queries.links import VALID_FOR, hash_of, usable_at
from consentry.people.mailing import mail_each
from consentry.rules.company_roles import CompanyRole
from consentry.rules.identity import SchoolId

_AT_A_TIME = 100

_REGISTER = """Hello,

somebody, most likely you, wants to register a company at Consentry with this address.

To go on, open this link:

{link}

The link works once, and for {hours} hours. If it was not you, there is nothing to do: nothing was registered.
"""

_JOIN = """Hello,

{by} invites you to act for {company} at Consentry, as {role}.

To join, open this link:

{link}

The link works once, and for {hours} hours. If you did not expect this, ask them before you use it.
"""


def mail_company_links(*, base_url: str, at: datetime) -> int:
    """Mail the links that were not mailed yet, the oldest first; how many were sent."""
    unsent = usable_at(at).filter(mailed_at=None).order_by("made_at", "id").values_list("id", flat=True)
    waiting: list[tuple[int, SchoolId | None]] = [(number, None) for number in unsent[:_AT_A_TIME]]
    return mail_each(waiting, partial(_link, base_url=base_url), at=at)


def _link(this: Change, number: int, *, base_url: str) -> EmailMessage | None:
    free = usable_at(this.at).filter(mailed_at=None).select_related("company", "invited_by")
    asked = free.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(id=number).first()
    if asked is None:
        return None
    key = secrets.token_urlsafe(32)
    asked.key_hash, asked.mailed_at = hash_of(key), this.at
    asked.save(update_fields=["key_hash", "mailed_at"])
    this.record(EventName.COMPANY_LINK_MAILED, asked, company=asked.company_id)
    subject, text = _words(asked)
    hours = int(VALID_FOR.total_seconds()) // 3600
    link = f"{base_url}{reverse('partners-join', args=[key])}"
    return EmailMessage(f"Consentry: {subject}", text.format(link=link, hours=hours), None, [asked.email])


def _words(asked: CompanyInvitation) -> tuple[str, str]:
    if asked.company is None:
        return "Register your company", _REGISTER
    by = asked.invited_by.name if asked.invited_by else "The operator"
    said = {"by": by, "company": asked.company.name, "role": CompanyRole(asked.role).label}
    filled = _JOIN.format(**{name: text.replace("{", "{{").replace("}", "}}") for name, text in said.items()},
                          link="{link}", hours="{hours}")  # fmt: skip
    return f"Join {' '.join(asked.company.name.split())}", filled
