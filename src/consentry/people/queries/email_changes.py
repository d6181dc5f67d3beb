"""Changes of e-mail that are underway, and the links that confirm them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from consentry.people.models import EmailChange, User

VALID_FOR = timedelta(hours=96)
"""How long the two links work, from the moment the change was asked for (HC-115000148485 says so of welcome links)."""


@dataclass(frozen=True)
class Link:
    """What a link of a change leads to; `is_new` says that it was mailed to the new address."""

    change: EmailChange
    is_new: bool

    @property
    def is_confirmed(self) -> bool:
        """Whether this address has confirmed already."""
        return (self.change.new_confirmed_at if self.is_new else self.change.old_confirmed_at) is not None


def underway(user: User, at: datetime) -> EmailChange | None:
    """The change of this user's e-mail that waits to be confirmed, or None."""
    return underway_at(at).filter(user=user).order_by("-asked_at", "-id").first()


def underway_at(at: datetime) -> QuerySet[EmailChange]:
    """All that wait to be confirmed at this moment."""
    return EmailChange.objects.filter(ended_at=None, asked_at__gt=at - VALID_FOR).select_related("user")


def link_of(key: str, at: datetime) -> Link:
    """What the link with this key leads to. Raises EmailChange.DoesNotExist for one unknown, old or done with."""
    hashed = hash_of(key)
    found = underway_at(at).get(Q(old_key_hash=hashed) | Q(new_key_hash=hashed))
    return Link(found, bytes(found.new_key_hash) == hashed)


def hash_of(key: str) -> bytes:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()
