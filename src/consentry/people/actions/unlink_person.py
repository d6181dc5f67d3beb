"""Forget by what an identity provider calls a member of staff."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.identity_providers import Provider
from consentry.people.queries.permissions import check_may
from consentry.rules.pages import Page
from consentry.schools.queries import school_id


def unlink_person(provider: Provider, account_id: int, *, by: Account, at: datetime) -> Account:
    """The next time they sign in through the provider, they are found by their e-mail as if for the first time.

    Sessions that they have stay. Raises NotPermittedError; Account.DoesNotExist for another site's account,
    SocialAccount.DoesNotExist for one that the provider does not know.
    """
    with change(actor=acting(by), at=at, school=school_id(provider.site)) as this:
        check_may(by, provider.site, Page.SSO_SETTINGS, timezone.localdate(at))
        account = Account.objects.select_related("user").get(id=account_id, school=provider.site, trust=None)
        SocialAccount.objects.get(provider=provider.slug, user=account.user).delete()
        this.record(EventName.SSO_UNLINKED, account, user=account.user_id, provider=provider.slug)
    return account
