"""How a site's people sign in: its settings, its identity providers, and for whom each vouches."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from consentry.people.certificates import Certificate, certificate
from consentry.people.models import IdentityProvider, SignInSettings
from consentry.people.saml_support import is_saml_installed
from consentry.people.sealed import unseal
from consentry.rules.identity import SchoolId
from consentry.rules.identity_providers import Vouching
from consentry.schools.models import Site


@dataclass(frozen=True)
class SamlLink:
    """What is particular to a SAML provider. Its entity id is the provider's `client_id`."""

    name: str
    sign_on_url: str
    email_attribute: str
    certificates: tuple[Certificate, ...]


@dataclass(frozen=True)
class Provider:
    """One site's identity provider, without its secret.

    `slug` names it for good; `tenant` is Microsoft's, `hosted_domain` Google's, each "" where there is none.
    """

    slug: str
    kind: Vouching
    client_id: str
    tenant: str
    hosted_domain: str
    added_at: datetime
    site: Site
    saml: SamlLink | None = None


def settings_of(school: SchoolId) -> SignInSettings:
    """How people sign in to this site; the defaults, not saved, where nobody has changed them."""
    return SignInSettings.objects.filter(school=school).first() or SignInSettings(school_id=school)


def providers_of(school: SchoolId) -> dict[Vouching, Provider]:
    """The site's identity providers that have not been removed, by kind."""
    in_use = IdentityProvider.objects.filter(school=school, removed_at=None)
    return {each.kind: each for each in _found(in_use)}


def offered_at(slug: str) -> list[Provider]:
    """The identity providers by which people sign in to the site at this address now: none while SSO is off."""
    return _found(_in_use().filter(school__slug=slug))


def offered_provider(slug: str) -> Provider:
    """The identity provider of this name. Raises IdentityProvider.DoesNotExist where it is not offered now."""
    return _provider(_in_use().select_related("school").get(slug=slug))


def _in_use() -> QuerySet[IdentityProvider]:
    switched_on = SignInSettings.objects.filter(sso_on=True).values("school")
    found = IdentityProvider.objects.filter(removed_at=None, school__in=switched_on)
    return found if is_saml_installed() else found.exclude(kind=Vouching.SAML)


def _found(rows: QuerySet[IdentityProvider]) -> list[Provider]:
    return [_provider(row) for row in rows.select_related("school").order_by("kind")]


def _provider(row: IdentityProvider) -> Provider:
    return Provider(
        slug=row.slug,
        kind=Vouching(row.kind),
        client_id=row.client_id,
        tenant=row.settings.get("tenant", ""),
        hosted_domain=row.settings.get("hosted_domain", ""),
        added_at=row.added_at,
        site=row.school,
        saml=_saml(row.settings) if row.kind == Vouching.SAML else None,
    )


def _saml(settings: dict[str, Any]) -> SamlLink:
    return SamlLink(
        name=settings["called"],
        sign_on_url=settings["sign_on_url"],
        email_attribute=settings["email_attribute"],
        certificates=tuple(certificate(pem) for pem in settings["certificates"]),
    )


def is_saml_slug(slug: str) -> bool:
    """Whether this names a SAML provider that is in use, or the next one of a site: its metadata are for everybody."""
    if IdentityProvider.objects.filter(slug=slug, kind=Vouching.SAML, removed_at=None).exists():
        return True
    site = Site.objects.filter(slug=slug.rpartition(f"-{Vouching.SAML}-")[0]).first()
    return site is not None and next_slug(site, Vouching.SAML) == slug


def school_vouched_for(slug: str) -> SchoolId | None:
    """The site for which the provider of this name vouches; None once it has been removed."""
    found = IdentityProvider.objects.filter(slug=slug, removed_at=None).values_list("school", flat=True).first()
    return None if found is None else SchoolId(found)


def kind_of_provider(slug: str) -> str:
    """What the Login History calls the provider of this name, removed or not; "" where there never was one."""
    return IdentityProvider.objects.filter(slug=slug).values_list("kind", flat=True).first() or ""


def next_slug(site: Site, kind: Vouching) -> str:
    """What the site's next provider of this kind will be called, so that its callback address is known beforehand."""
    number = IdentityProvider.objects.filter(school=site, kind=kind).count() + 1
    return f"{site.slug}-{kind}-{number}"


def secret_purpose(slug: str) -> str:
    """What the secret of the provider of this name is sealed for."""
    return f"identity-provider:{slug}:secret"


def secret_of(slug: str) -> str:
    """The client secret of the provider of this name. Raises CannotUnsealError."""
    return unseal(secret_purpose(slug), IdentityProvider.objects.get(slug=slug).secret).decode()
