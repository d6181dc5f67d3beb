"""Set up a site's identity provider, or change it: another client, tenant or entity is another provider."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.actions.lock_sign_in_settings import lock_sign_in_settings
from consentry.people.models import Account, IdentityProvider
from consentry.people.provider_details import ProviderDetails, Read, SamlDetails, read_details
from consentry.people.queries.identity_providers import next_slug, secret_purpose
from consentry.people.queries.permissions import check_may
from consentry.people.sealed import seal
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def set_identity_provider(
    site: Site, wanted: ProviderDetails | SamlDetails, *, by: Account, at: datetime
) -> IdentityProvider:
    """The site's people are vouched for by this client, or by this SAML provider, from now on.

    Another client, tenant or entity ends the provider there was, with all that it knew of people: what one issuer said
    of a subject is never read as another's word. Raises NotPermittedError; InvalidError for what cannot be used.
    """
    read = read_details(wanted, at)
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.SSO_SETTINGS, timezone.localdate(at))
        lock_sign_in_settings(site)
        found = IdentityProvider.objects.filter(school=site, kind=read.kind, removed_at=None).first()
        if found is not None and _is_same(found, read):
            return _changed(this, found, read)
        if read.needs_secret and not read.secret:
            raise InvalidError("secret", "enter the client secret: a new client has a secret of its own")
        if found is not None:
            found.removed_at = at
            found.save()
            this.record(EventName.IDENTITY_PROVIDER_REMOVED, found, slug=found.slug)
        return _added(this, site, read)


def _is_same(found: IdentityProvider, read: Read) -> bool:
    return (found.client_id, found.settings.get("tenant", "")) == (read.client_id, read.tenant)


def _added(this: Change, site: Site, read: Read) -> IdentityProvider:
    slug = next_slug(site, read.kind)
    added = IdentityProvider.objects.create(
        school=site,
        kind=read.kind,
        slug=slug,
        client_id=read.client_id,
        secret=seal(secret_purpose(slug), read.secret.encode()) if read.secret else b"",
        settings=dict(read.settings),
        added_at=this.at,
    )
    this.record(EventName.IDENTITY_PROVIDER_ADDED, added, slug=slug, client_id=read.client_id, **read.told)
    return added


def _changed(this: Change, found: IdentityProvider, read: Read) -> IdentityProvider:
    found.settings = dict(read.settings)
    if read.secret:
        found.secret = seal(secret_purpose(found.slug), read.secret.encode())
    found.save()
    secret = {"secret": "replaced" if read.secret else "kept"} if read.needs_secret else {}
    this.record(EventName.IDENTITY_PROVIDER_CHANGED, found, slug=found.slug, **secret, **read.told)
    return found
