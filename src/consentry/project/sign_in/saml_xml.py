"""The names of SAML 2.0, what we ask of an identity provider, and what we say of ourselves."""

import base64
import secrets
import zlib
from datetime import UTC, datetime
from urllib.parse import urlencode

from lxml import etree
from lxml.etree import SubElement, _Element

from consentry.people.queries.identity_providers import Provider
from consentry.people.saml_metadata import METADATA, PROTOCOL
from consentry.web import addresses

ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"


def new_request() -> str:
    """The id of a request: unguessable, and a name as XML has them."""
    return f"_{secrets.token_hex(20)}"


def request_address(provider: Provider, request: str, at: datetime) -> str:
    """Where somebody is led to who signs in through this provider; `request` is its id.

    Sources: SAML core 2.0, 3.4.1 (the request); SAML bindings 2.0, 3.4.4.1 (its form in an address). No name
    identifier's format is asked for, because providers refuse a request for one that they do not have. No RelayState
    is sent: where the person goes from here stays in their session.
    """
    if provider.saml is None:
        raise TypeError(f"{provider.slug} is no SAML provider")
    root = etree.Element(
        f"{{{PROTOCOL}}}AuthnRequest",
        {
            "ID": request,
            "Version": "2.0",
            "IssueInstant": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "Destination": provider.saml.sign_on_url,
            "ProtocolBinding": POST,
            "AssertionConsumerServiceURL": addresses.saml_answers(provider.slug),
        },
        nsmap={"samlp": PROTOCOL, "saml": ASSERTION},
    )
    SubElement(root, f"{{{ASSERTION}}}Issuer").text = addresses.saml_entity(provider.slug)
    SubElement(root, f"{{{PROTOCOL}}}NameIDPolicy", {"AllowCreate": "true"})
    packed = zlib.compress(etree.tostring(root), wbits=-zlib.MAX_WBITS)
    sent = urlencode({"SAMLRequest": base64.b64encode(packed).decode()})
    return f"{provider.saml.sign_on_url}{'&' if '?' in provider.saml.sign_on_url else '?'}{sent}"


def own_metadata(slug: str) -> bytes:
    """What the identity provider is told of us for the provider of this name. Source: SAML metadata 2.0, 2.4.4."""
    root = etree.Element(
        f"{{{METADATA}}}EntityDescriptor", {"entityID": addresses.saml_entity(slug)}, nsmap={"md": METADATA}
    )
    said = {
        "AuthnRequestsSigned": "false",
        "WantAssertionsSigned": "true",
        "protocolSupportEnumeration": PROTOCOL,
    }
    role: _Element = SubElement(root, f"{{{METADATA}}}SPSSODescriptor", said)
    where = {"Binding": POST, "Location": addresses.saml_answers(slug), "index": "0", "isDefault": "true"}
    SubElement(role, f"{{{METADATA}}}AssertionConsumerService", where)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
