"""Mail the companies of apps that schools ask for. The row says whether it was told; jobs only wake this up."""

from datetime import datetime, timedelta
from functools import partial

from django.core.mail import EmailMessage

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.partners.models import AppWish
from consentry.people.mailing import mail_each
from consentry.rules.identity import SchoolId
from consentry.rules.wish_life import ENDED

GIVE_UP_AFTER = timedelta(days=3)
"""An address that takes no mail for this long is not tried again; the wish says that the company was not told."""

_AT_A_TIME = 200

_TEXT = """Hello,

{site} would like to connect {app} to its school data, and has asked us for it through Consentry.

{app} is not a partner app yet. To become one, register your company:

{address}

We look at each company and app before schools can connect it. Our interface is only available to apps that do not
compete with our own products, and making a connection takes some time, as you need to build your part of it first.

You get this once, because {site} named this address as {company}’s contact. If it is not, there is nothing to do.
"""


def tell_of_wish(*, base_url: str, at: datetime) -> int:
    """Mail the contacts that were not told yet, the oldest wish first; how many were told."""
    return mail_each(_waiting(at), partial(_take, base_url=base_url), at=at)


def _waiting(at: datetime) -> list[tuple[int, SchoolId | None]]:
    untold = AppWish.objects.filter(company_told_at=None, asked_at__gt=at - GIVE_UP_AFTER)
    going_on = untold.exclude(state__in=[state.value for state in ENDED]).order_by("asked_at", "id")
    return [(number, SchoolId(school)) for number, school in going_on.values_list("id", "school_id")[:_AT_A_TIME]]


def _take(this: Change, number: int, *, base_url: str) -> EmailMessage | None:
    rows = AppWish.objects.select_related("school").select_for_update(skip_locked=True, no_key=True, of=("self",))
    wish = rows.filter(id=number, company_told_at=None).first()
    if wish is None or wish.state in ENDED:
        return None
    wish.company_told_at = this.at
    wish.save(update_fields=["company_told_at"])
    this.record(EventName.WISH_TOLD, wish)
    site = wish.school.name
    text = _TEXT.format(site=site, app=wish.app_name, company=wish.company_name, address=f"{base_url}/partners/")
    title = f"{site} asks for {wish.app_name}"
    return EmailMessage(" ".join(title.split()), text, None, [wish.company_email])
