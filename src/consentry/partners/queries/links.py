"""The links that companies' people are mailed: to register a company, or to join one."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import QuerySet

from consentry.partners.models import Company, CompanyInvitation
from consentry.people.models import User
from consentry.people.queries.who_may_sign_in import who_may_sign_in

VALID_FOR = timedelta(hours=96)
"""How long a link works, as welcome links of sites do (HC-115000148485)."""


def usable_at(at: datetime) -> QuerySet[CompanyInvitation]:
    """The links that work at this moment, or will once they are mailed."""
    return CompanyInvitation.objects.filter(ended_at=None, expires_at__gt=at).select_related("company")


def link_of(key: str, at: datetime) -> CompanyInvitation:
    """The link with this key. Raises CompanyInvitation.DoesNotExist for one unknown, old or used."""
    return usable_at(at).get(key_hash=hash_of(key))


def lock_link(key: str, at: datetime) -> CompanyInvitation:
    """The same, locked until the commit: of two who use it at once, the second finds none."""
    return usable_at(at).select_for_update(no_key=True, of=("self",)).get(key_hash=hash_of(key))


def owner_of(link: CompanyInvitation) -> User | None:
    """Who may sign in with the address that the link was mailed to, if anybody may."""
    return who_may_sign_in().filter(email__iexact=link.email).first()


def invitations_of(company: Company, at: datetime) -> list[CompanyInvitation]:
    """Who was invited to the company and has not come yet, the newest first."""
    return list(usable_at(at).filter(company=company).order_by("-made_at", "-id"))


def hash_of(key: str) -> bytes:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()
