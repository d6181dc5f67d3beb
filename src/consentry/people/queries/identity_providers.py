"""How a site's people sign in: its settings, its identity providers, and who is known to them."""

from django.db.models import QuerySet

from consentry.people.models import Account, IdentityProvider, ProviderKind, SignInSettings
from consentry.people.sealed import unseal
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site


def settings_of(school: SchoolId) -> SignInSettings:
    """How people sign in to this site; the defaults, not saved, where nobody has changed them."""
    return SignInSettings.objects.filter(school=school).first() or SignInSettings(school_id=school)


def providers_of(school: SchoolId) -> dict[ProviderKind, IdentityProvider]:
    """The site's identity providers that have not been removed, by kind."""
    in_use = IdentityProvider.objects.filter(school=school, removed_at=None).select_related("school").order_by("kind")
    return {ProviderKind(each.kind): each for each in in_use}


def offered_at(slug: str) -> QuerySet[IdentityProvider]:
    """The identity providers by which people sign in to the site at this address now: none while SSO is off."""
    return _in_use().filter(school__slug=slug).order_by("kind")


def offered_provider(slug: str) -> IdentityProvider:
    """The identity provider of this name. Raises IdentityProvider.DoesNotExist where it is not offered now."""
    return _in_use().get(slug=slug)


def _in_use() -> QuerySet[IdentityProvider]:
    switched_on = SignInSettings.objects.filter(sso_on=True).values("school")
    return IdentityProvider.objects.filter(removed_at=None, school__in=switched_on).select_related("school")


def school_vouched_for(slug: str) -> SchoolId | None:
    """The site for which the provider of this name vouches; None once it has been removed."""
    found = IdentityProvider.objects.filter(slug=slug, removed_at=None).values_list("school", flat=True).first()
    return None if found is None else SchoolId(found)


def kind_of_provider(slug: str) -> str:
    """What the Login History calls the provider of this name, removed or not; "" where there never was one."""
    return IdentityProvider.objects.filter(slug=slug).values_list("kind", flat=True).first() or ""


def next_slug(site: Site, kind: ProviderKind) -> str:
    """What the site's next provider of this kind will be called, so that its callback address is known beforehand."""
    number = IdentityProvider.objects.filter(school=site, kind=kind).count() + 1
    return f"{site.slug}-{kind}-{number}"


def secret_purpose(slug: str) -> str:
    """What the secret of the provider of this name is sealed for."""
    return f"identity-provider:{slug}:secret"


def secret_of(provider: IdentityProvider) -> str:
    """The provider's client secret. Raises CannotUnsealError."""
    return unseal(secret_purpose(provider.slug), provider.secret).decode()


def own_accounts(school: SchoolId) -> QuerySet[Account]:
    """The accounts of this site's own people, enabled or not."""
    return Account.objects.filter(school=school, trust=None).select_related("user", "school")
