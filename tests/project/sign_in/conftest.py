"""Two schools that each have a client at the same provider, and the provider."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.conf import settings

from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.models import Account, SignIn, User
from consentry.people.provider_details import ProviderDetails
from consentry.rules.identity_providers import Vouching
from consentry.schools.models import Site
from tests.project.sign_in.openid_provider import MICROSOFT_CLIENT, TENANT, OpenIdProvider, running
from tests.world import NOW, account_of, add_person, add_school


@dataclass
class SsoSchool:
    """A school with single sign-on, and the person who looks after it. `google` and `microsoft` name its providers."""

    site: Site
    asha: User

    @property
    def google(self) -> str:
        return f"{self.site.slug}-google-1"

    @property
    def microsoft(self) -> str:
        return f"{self.site.slug}-microsoft-1"

    @property
    def account(self) -> Account:
        return account_of(self.asha, self.site)

    def sets(self, *, sso_on: bool = True) -> None:
        change_sign_in_settings(self.site, SignInSwitches(sso_on=sso_on), by=self.account, at=NOW)

    def outcomes(self) -> list[tuple[str, str, str | None]]:
        """What the Login History tells: outcome, provider, whose account."""
        rows = SignIn.objects.filter(school=self.site).select_related("account__user").order_by("id")
        return [(row.outcome, row.provider, row.account.user.name if row.account else None) for row in rows]


def with_sso(slug: str, *, hosted_domain: str = "") -> SsoSchool:
    """A school of this name, its clients at Google and Microsoft set up, single sign-on switched on."""
    site = add_school(slug)
    school = SsoSchool(site, add_person(site, f"Asha {slug.title()}", email=f"asha@{slug}.example"))
    google = ProviderDetails(Vouching.GOOGLE, f"{slug}-client", "google-says", hosted_domain=hosted_domain)
    microsoft = ProviderDetails(Vouching.MICROSOFT, MICROSOFT_CLIENT, "microsoft-says", tenant=TENANT)
    for details in (google, microsoft):
        set_identity_provider(site, details, by=school.account, at=NOW)
    school.sets()
    return school


@pytest.fixture
def openid(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenIdProvider]:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with running() as provider:
        config = replace(settings.CONFIG, google_issuer=provider.base, microsoft_base=provider.base)
        monkeypatch.setattr(settings, "CONFIG", config)
        yield provider


@pytest.fixture
def oakfield(database: str) -> SsoSchool:
    return with_sso("oakfield")
