"""Know a member of staff from now on by what their identity provider calls them."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError

from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.identity_providers import Provider
from consentry.schools.queries import school_id


class LinkedAlreadyError(Exception):
    """The provider knows this person by another of its accounts, or another person by this one."""


def link_person(provider: Provider, account: Account, subject: str, *, at: datetime) -> SocialAccount:
    """Whoever the provider calls by this subject is this person, whatever e-mail either says later.

    An e-mail that has passed to somebody else therefore opens nothing: the account stays with whom it was linked to.
    Raises LinkedAlreadyError; Account.DoesNotExist for one that was disabled meanwhile.
    """
    try:
        with change(actor=acting(account), at=at, school=school_id(provider.site)) as this:
            return _linked(this, provider, account, subject)
    except (LinkedAlreadyError, IntegrityError) as other:
        same = SocialAccount.objects.filter(provider=provider.slug, uid=subject, user=account.user).first()
        if same is None:
            raise LinkedAlreadyError from other
        return same  # linked a moment ago, in another window


def _linked(this: Change, provider: Provider, account: Account, subject: str) -> SocialAccount:
    own = Account.objects.select_for_update(no_key=True, of=("self",)).filter(enabled=True, user__is_active=True)
    own.get(id=account.id, school=provider.site)
    if SocialAccount.objects.filter(provider=provider.slug, user=account.user).exists():
        raise LinkedAlreadyError
    link = SocialAccount.objects.create(provider=provider.slug, uid=subject, user=account.user)
    this.record(EventName.SSO_LINKED, account, user=account.user_id, provider=provider.slug)
    return link
