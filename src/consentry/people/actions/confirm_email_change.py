"""Confirm a change of e-mail by the link that one of the two addresses was sent."""

from datetime import datetime
from enum import Enum

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction

from consentry.audit.actor import Actor, ActorKind
from consentry.audit.change import Change, change
from consentry.audit.elsewhere import record_elsewhere
from consentry.audit.names import EventName
from consentry.people.actions.end_sessions import end_sessions
from consentry.people.lock_user import lock_user
from consentry.people.mailing import SECONDS
from consentry.people.models import EmailChange, User
from consentry.people.queries.accounts import schools_of
from consentry.people.queries.email_changes import Link, link_of

_TOLD = """Hello,

the email address with which you sign in to Consentry has become another, as both addresses have confirmed.
This one no longer opens anything there.

Everybody who was signed in as you has been signed out.

If this was not you, tell the people who look after the users of your site at once.
"""


class Confirmed(Enum):
    """What a confirmation led to. TAKEN: somebody signs in with the new address by now, so the change has ended."""

    ONE_OF_TWO = "one of two"
    CHANGED = "changed"
    TAKEN = "taken"


class OldAddressNotToldError(Exception):
    """The mail to the old address could not be sent: nothing was changed, the link works again."""


def confirm_email_change(key: str, *, at: datetime) -> Confirmed:
    """Either address says yes; with the second one the person signs in with the new address, and only with it.

    All their sessions end, each of their sites has it on record, and the old address is told: no address is changed
    without. Raises EmailChange.DoesNotExist for a link that is unknown, old or done with, OldAddressNotToldError.
    """
    person = link_of(key, at).change.user
    with change(actor=Actor(ActorKind.USER, person.id, person.name), at=at, school=None) as this:
        user = lock_user(person.id)
        link = link_of(key, at)
        asked = link.change
        _confirm(this, link)
        if asked.old_confirmed_at is None or asked.new_confirmed_at is None:
            return Confirmed.ONE_OF_TWO
        asked.ended_at = at
        asked.save(update_fields=["ended_at"])
        before = user.email
        if not _take_address(user, asked.new_email):
            this.record(EventName.EMAIL_CHANGE_ENDED, asked, user=user.id)
            return Confirmed.TAKEN
        end_sessions(user)
        this.record(EventName.USER_EMAIL_CHANGED, user)
        _tell(before)
        record_elsewhere(this, dict.fromkeys(schools_of(user), user), EventName.USER_EMAIL_CHANGED)
    return Confirmed.CHANGED


def _confirm(this: Change, link: Link) -> None:
    asked: EmailChange = link.change
    if link.is_new:
        asked.new_confirmed_at = asked.new_confirmed_at or this.at
    else:
        asked.old_confirmed_at = asked.old_confirmed_at or this.at
    asked.save(update_fields=["old_confirmed_at", "new_confirmed_at"])
    address = "new" if link.is_new else "old"
    this.record(EventName.EMAIL_CHANGE_CONFIRMED, asked, user=asked.user_id, address=address)


def _take_address(user: User, email: str) -> bool:
    """Let the user sign in with this address and no other, unless somebody else does by now."""
    try:
        with transaction.atomic():
            user.email = email
            user.save(update_fields=["email"])
            # What the sign-in library has noted of the old one would let it sign in, and mail it links.
            EmailAddress.objects.filter(user_id=user.id).delete()
    except IntegrityError:
        return False
    return True


def _tell(address: str) -> None:
    mail = EmailMessage("Consentry: Your email address was changed", _TOLD, None, [address])
    mail.connection = get_connection(timeout=SECONDS)
    try:
        mail.send()
    except (OSError, ValueError) as failure:
        raise OldAddressNotToldError from failure
