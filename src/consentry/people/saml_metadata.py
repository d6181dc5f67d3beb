"""What the metadata of a SAML identity provider say of it, as its administrator downloads them there."""

from dataclasses import dataclass

from lxml.etree import _Element

from consentry.people.strict_xml import UnusableXmlError, parse
from consentry.rules.invalid import InvalidError

METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
_FIELD = "metadata"


@dataclass(frozen=True)
class Described:
    """The entity id, the sign-on address and the certificates (PEM, one after the other), not checked any further."""

    entity_id: str
    sign_on_url: str
    certificates: str


def read_metadata(data: bytes) -> Described:
    """What the file says of its one identity provider. Raises InvalidError.

    A signature over it is not asked for: the person who uploads it vouches for it, as for what they type.
    """
    try:
        root = parse(data)
    except UnusableXmlError as wrong:
        raise InvalidError(_FIELD, f"the file cannot be read: {wrong}") from wrong
    entities = [each for each in root.iter(f"{{{METADATA}}}EntityDescriptor") if _provider(each) is not None]
    if len(entities) != 1:
        raise InvalidError(_FIELD, f"the file tells of {len(entities) or 'no'} SAML 2.0 identity providers, not of one")
    role = _provider(entities[0])
    sign_on = [] if role is None else role.findall(f"{{{METADATA}}}SingleSignOnService[@Binding='{REDIRECT}']")
    if role is None or not sign_on:
        raise InvalidError(_FIELD, "it names no sign-on address of the binding HTTP-Redirect")
    return Described(entities[0].get("entityID", ""), sign_on[0].get("Location", ""), _certificates(role))


def _provider(entity: _Element) -> _Element | None:
    roles = entity.findall(f"{{{METADATA}}}IDPSSODescriptor")
    return next((each for each in roles if PROTOCOL in each.get("protocolSupportEnumeration", "").split()), None)


def _certificates(role: _Element) -> str:
    """Those for signing; a key without a use is for signing too. Source: SAML metadata 2.0, 2.4.1.1."""
    keys = [each for each in role.findall(f"{{{METADATA}}}KeyDescriptor") if each.get("use", "signing") == "signing"]
    texts = [text for key in keys for text in key.iter(f"{{{_SIGNATURE}}}X509Certificate")]
    pems = (f"-----BEGIN CERTIFICATE-----\n{each.text or ''}\n-----END CERTIFICATE-----" for each in texts)
    return "\n".join(pems)
