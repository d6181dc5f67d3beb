"""Change how people sign in to a site: the switches of its SSO Settings."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.actions.lock_sign_in_settings import lock_sign_in_settings
from consentry.people.models import Account, IdentityProvider, SignInSettings
from consentry.people.queries.permissions import check_may
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@dataclass(frozen=True)
class SignInSwitches:
    """What a site demands; `addresses_on_site` as `rules.addresses_on_site` reads them."""

    sso_on: bool = False
    second_factor_demanded: bool = False
    second_factor_skipped_for_sso: bool = False
    addresses_on_site: tuple[str, ...] = ()


def change_sign_in_settings(site: Site, wanted: SignInSwitches, *, by: Account, at: datetime) -> SignInSettings:
    """From now on people sign in to the site like this.

    Raises NotPermittedError for somebody who may not change it; InvalidError where single sign-on is switched on and no
    identity provider is set up.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.SSO_SETTINGS, timezone.localdate(at))
        settings = lock_sign_in_settings(site)
        if wanted.sso_on and not IdentityProvider.objects.filter(school=site, removed_at=None).exists():
            raise InvalidError("sso_on", "set up an identity provider first: there is none to sign in through")
        values = asdict(wanted) | {"addresses_on_site": list(wanted.addresses_on_site)}
        changed = sorted(name for name, value in values.items() if getattr(settings, name) != value)
        for name, value in values.items():
            setattr(settings, name, value)
        settings.save()
        this.record(EventName.SIGN_IN_SETTINGS_CHANGED, settings, changed=changed, **values)
    return settings
