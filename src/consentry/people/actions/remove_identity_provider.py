"""Take away a site's identity provider."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.actions.lock_sign_in_settings import lock_sign_in_settings
from consentry.people.models import Account, IdentityProvider
from consentry.people.queries.permissions import check_may
from consentry.rules.identity_providers import Vouching
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def remove_identity_provider(site: Site, kind: Vouching, *, by: Account, at: datetime) -> IdentityProvider:
    """Nobody signs in to the site through it any more, and who has is let in to no page from the next click on.

    With the last one, single sign-on is switched off. Raises NotPermittedError; IdentityProvider.DoesNotExist where the
    site has none of this kind.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.SSO_SETTINGS, timezone.localdate(at))
        settings = lock_sign_in_settings(site)
        in_use = IdentityProvider.objects.filter(school=site, removed_at=None)
        removed = in_use.get(kind=kind)
        removed.removed_at = at
        removed.save()
        this.record(EventName.IDENTITY_PROVIDER_REMOVED, removed, slug=removed.slug)
        if settings.sso_on and not in_use.exists():
            settings.sso_on = False
            settings.save()
            this.record(EventName.SIGN_IN_SETTINGS_CHANGED, settings, changed=["sso_on"], sso_on=False)
    return removed
