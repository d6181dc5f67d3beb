"""Set up a site's identity provider, or change it: another client or tenant is another provider."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.actions.lock_sign_in_settings import lock_sign_in_settings
from consentry.people.models import Account, IdentityProvider
from consentry.people.queries.identity_providers import next_slug, secret_purpose
from consentry.people.queries.permissions import check_may
from consentry.people.sealed import seal
from consentry.rules import identity_providers as rules
from consentry.rules.identity_providers import Vouching
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@dataclass(frozen=True)
class ProviderDetails:
    """What a site enters of its client at Google or Microsoft. An empty secret keeps the one there is."""

    kind: Vouching
    client_id: str
    secret: str = ""
    tenant: str = ""
    hosted_domain: str = ""


def set_identity_provider(site: Site, wanted: ProviderDetails, *, by: Account, at: datetime) -> IdentityProvider:
    """The site's people are vouched for by this client from now on.

    Another client or tenant ends the provider there was, with all that it knew of people: what one issuer said of a
    subject is never read as another's word. Raises NotPermittedError; InvalidError for what cannot be used.
    """
    read = _read(wanted)
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.SSO_SETTINGS, timezone.localdate(at))
        lock_sign_in_settings(site)
        found = IdentityProvider.objects.filter(school=site, kind=read.kind, removed_at=None).first()
        if found is not None and _is_same(found, read):
            return _changed(this, found, read)
        if not read.secret:
            raise InvalidError("secret", "enter the client secret: a new client has a secret of its own")
        if found is not None:
            found.removed_at = at
            found.save()
            this.record(EventName.IDENTITY_PROVIDER_REMOVED, found, slug=found.slug)
        return _added(this, site, read)


def _read(wanted: ProviderDetails) -> ProviderDetails:
    kind = wanted.kind
    return ProviderDetails(
        kind=kind,
        client_id=rules.client_id(kind, wanted.client_id),
        secret=rules.secret(wanted.secret) if wanted.secret else "",
        tenant=rules.tenant(wanted.tenant) if kind is Vouching.MICROSOFT else "",
        hosted_domain=rules.hosted_domain(wanted.hosted_domain) if kind is Vouching.GOOGLE else "",
    )


def _is_same(found: IdentityProvider, read: ProviderDetails) -> bool:
    return (found.client_id, found.settings.get("tenant", "")) == (read.client_id, read.tenant)


def _settings(read: ProviderDetails) -> dict[str, str]:
    named = {"tenant": read.tenant, "hosted_domain": read.hosted_domain}
    return {name: value for name, value in named.items() if value}


def _added(this: Change, site: Site, read: ProviderDetails) -> IdentityProvider:
    slug = next_slug(site, read.kind)
    added = IdentityProvider.objects.create(
        school=site,
        kind=read.kind,
        slug=slug,
        client_id=read.client_id,
        secret=seal(secret_purpose(slug), read.secret.encode()),
        settings=_settings(read),
        added_at=this.at,
    )
    this.record(EventName.IDENTITY_PROVIDER_ADDED, added, slug=slug, client_id=read.client_id, **_settings(read))
    return added


def _changed(this: Change, found: IdentityProvider, read: ProviderDetails) -> IdentityProvider:
    found.settings = _settings(read)
    if read.secret:
        found.secret = seal(secret_purpose(found.slug), read.secret.encode())
    found.save()
    secret = "replaced" if read.secret else "kept"
    this.record(EventName.IDENTITY_PROVIDER_CHANGED, found, slug=found.slug, secret=secret, **_settings(read))
    return found
