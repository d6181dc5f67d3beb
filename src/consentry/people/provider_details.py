"""What a site enters of an identity provider, of each kind, and how it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consentry.people.certificates import read_certificates
from consentry.people.saml_support import EXTRA, is_saml_installed
from consentry.rules import identity_providers as rules
from consentry.rules import saml_providers as saml_rules
from consentry.rules.identity_providers import Vouching
from consentry.rules.invalid import InvalidError


@dataclass(frozen=True)
class ProviderDetails:
    """Of a client at Google or Microsoft. An empty secret keeps the one there is."""

    kind: Vouching
    client_id: str
    secret: str = ""
    tenant: str = ""
    hosted_domain: str = ""


@dataclass(frozen=True)
class SamlDetails:
    """Of a SAML identity provider. `client_id` is its entity id; `name` is what the sign-in page calls it."""

    client_id: str
    sign_on_url: str
    certificates: str
    email_attribute: str
    name: str


@dataclass(frozen=True)
class Read:
    """The same as it is kept: `settings` in the row, `told` in the event."""

    kind: Vouching
    client_id: str
    secret: str
    settings: Mapping[str, Any]
    told: Mapping[str, Any]

    @property
    def needs_secret(self) -> bool:
        """Whether a new one of this kind comes with a secret."""
        return self.kind is not Vouching.SAML

    @property
    def tenant(self) -> str:
        """Microsoft's; "" of others."""
        return str(self.settings.get("tenant", ""))


def read_details(wanted: ProviderDetails | SamlDetails, at: datetime) -> Read:
    """What was entered, checked. Raises InvalidError for what cannot be used."""
    return _read_saml(wanted, at) if isinstance(wanted, SamlDetails) else _read_client(wanted)


def _read_client(wanted: ProviderDetails) -> Read:
    kind = wanted.kind
    client_id = rules.client_id(kind, wanted.client_id)
    secret = rules.secret(wanted.secret) if wanted.secret else ""
    named = {
        "tenant": rules.tenant(wanted.tenant) if kind is Vouching.MICROSOFT else "",
        "hosted_domain": rules.hosted_domain(wanted.hosted_domain) if kind is Vouching.GOOGLE else "",
    }
    settings = {name: value for name, value in named.items() if value}
    return Read(kind, client_id, secret, settings, settings)


def _read_saml(wanted: SamlDetails, at: datetime) -> Read:
    if not is_saml_installed():
        raise InvalidError("client_id", f"SAML is not installed here: the operator installs {EXTRA}")
    entity_id = saml_rules.entity_id(wanted.client_id)
    plain = {
        "sign_on_url": saml_rules.sign_on_url(wanted.sign_on_url),
        "email_attribute": saml_rules.email_attribute(wanted.email_attribute),
        "called": saml_rules.name(wanted.name),
    }
    found = read_certificates(wanted.certificates, at)
    settings = {**plain, "certificates": [each.pem for each in found]}
    told = {**plain, "certificates": [each.fingerprint for each in found]}
    return Read(Vouching.SAML, entity_id, "", settings, told)
