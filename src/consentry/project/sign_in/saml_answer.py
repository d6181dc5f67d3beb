"""What an identity provider answers by SAML, read: the unsigned cover, and the assertion as it was signed."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element

from consentry.people.actions.keep_saml_answer import SamlWord
from consentry.people.queries.identity_providers import Provider
from consentry.people.saml_metadata import PROTOCOL
from consentry.people.strict_xml import LARGEST, UnusableXmlError, parse
from consentry.project.sign_in.saml_signature import signed_assertion
from consentry.project.sign_in.saml_xml import ASSERTION
from consentry.rules.saml_assertions import Assertion, Confirmation, Expected, UntrustedError, accepted, email_of
from consentry.web import addresses

LONGEST = LARGEST * 4 // 3 + 4
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_CONDITIONS = {"AudienceRestriction", "OneTimeUse", "ProxyRestriction"}


class RefusedThereError(Exception):
    """The provider says that it did not sign the person in."""


@dataclass(frozen=True)
class Answer:
    """An answer that counts. `assertion` is the id by which it counts once, `until` how long that must be known."""

    assertion: str
    word: SamlWord
    until: datetime


def read_answer(encoded: str, provider: Provider, at: datetime) -> Answer:
    """What the form field SAMLResponse says to this provider's address. Raises UntrustedError, RefusedThereError."""
    if provider.saml is None:
        raise UntrustedError("no SAML provider")
    expected = Expected(
        issuer=provider.client_id,
        audience=addresses.saml_entity(provider.slug),
        recipient=addresses.saml_answers(provider.slug),
    )
    response = _parsed(encoded)
    _check_status(response)
    told = _told(signed_assertion(response, provider.saml.certificates))
    counts = accepted(told, expected, at)
    _check_cover(response, expected, counts.in_response_to)
    email = email_of(told, provider.saml.email_attribute)
    return Answer(told.id, SamlWord(counts.in_response_to, told.name_id, email), counts.until)


def _parsed(encoded: str) -> _Element:
    if len(encoded) > LONGEST:
        raise UntrustedError("too long")
    try:
        return parse(base64.b64decode("".join(encoded.split()), validate=True))
    except (binascii.Error, ValueError) as wrong:  # ValueError: other letters than those of ASCII
        raise UntrustedError("not base64") from wrong
    except UnusableXmlError as wrong:
        raise UntrustedError(str(wrong)) from wrong


def _check_status(response: _Element) -> None:
    """Raise RefusedThereError where the provider says so: nobody is let in by that, so it need not be signed."""
    status = response.find(f"{{{PROTOCOL}}}Status/{{{PROTOCOL}}}StatusCode")
    if status is not None and status.get("Value") != _SUCCESS:
        raise RefusedThereError


def _check_cover(response: _Element, expected: Expected, in_response_to: str) -> None:
    """The unsigned cover says nothing against the assertion in it. Raises UntrustedError."""
    if response.get("Version") != "2.0" or response.find(f"{{{PROTOCOL}}}Status") is None:
        raise UntrustedError("not an answer of SAML 2.0")
    said = {
        "destination": (response.get("Destination"), expected.recipient),
        "request": (response.get("InResponseTo"), in_response_to),
        "issuer": (_text(response, "Issuer") or None, expected.issuer),
    }
    for what, (given, meant) in said.items():
        if given is not None and given != meant:
            raise UntrustedError(f"another {what} on the cover")


def _told(signed: _Element) -> Assertion:
    if signed.get("Version") != "2.0" or signed.find(_named("AuthnStatement")) is None:
        raise UntrustedError("not an assertion of SAML 2.0 that somebody signed in")
    conditions = signed.find(_named("Conditions"))
    name_id = signed.find(f"{_named('Subject')}/{_named('NameID')}")
    if conditions is None or name_id is None:
        raise UntrustedError("an assertion without conditions, or of nobody")
    if {_local(each) for each in conditions} - _CONDITIONS:
        raise UntrustedError("a condition that is not understood")
    ends = (each.get("SessionNotOnOrAfter", "") for each in signed.iterfind(_named("AuthnStatement")))
    confirmations = signed.iterfind(f"{_named('Subject')}/{_named('SubjectConfirmation')}")
    return Assertion(
        id=signed.get("ID", ""),
        issuer=_text(signed, "Issuer"),
        issued_at=signed.get("IssueInstant", ""),
        name_id=_whole(name_id),
        name_id_format=name_id.get("Format", ""),
        audiences=tuple(_audiences(each) for each in conditions.iterfind(_named("AudienceRestriction"))),
        confirmations=tuple(map(_confirmation, confirmations)),
        not_before=conditions.get("NotBefore", ""),
        not_on_or_after=conditions.get("NotOnOrAfter", ""),
        session_ends=next(ends, ""),
        attributes=_attributes(signed),
    )


def _confirmation(element: _Element) -> Confirmation:
    data = element.find(_named("SubjectConfirmationData"))
    said = {} if data is None else {str(name): str(value) for name, value in data.attrib.items()}
    return Confirmation(
        method=element.get("Method", ""),
        recipient=said.get("Recipient", ""),
        in_response_to=said.get("InResponseTo", ""),
        not_before=said.get("NotBefore", ""),
        not_on_or_after=said.get("NotOnOrAfter", ""),
    )


def _audiences(restriction: _Element) -> frozenset[str]:
    return frozenset(_whole(each) for each in restriction.iterfind(_named("Audience")))


def _attributes(signed: _Element) -> dict[str, frozenset[str]]:
    """The values of each attribute, by its name and by what people call it (FriendlyName)."""
    found: dict[str, frozenset[str]] = {}
    for each in signed.iterfind(f"{_named('AttributeStatement')}/{_named('Attribute')}"):
        values = frozenset(filter(None, (_whole(value) for value in each.iterfind(_named("AttributeValue")))))
        for name in {each.get("Name", ""), each.get("FriendlyName", "")} - {""}:
            found[name] = found.get(name, frozenset()) | values
    return found


def _text(element: _Element, name: str) -> str:
    found = element.find(_named(name))
    return "" if found is None else _whole(found)


def _whole(element: _Element) -> str:
    """Its text, "" for one that holds elements: a part of a text is never taken for the whole."""
    return "" if len(element) else (element.text or "").strip()


def _named(name: str) -> str:
    return f"{{{ASSERTION}}}{name}"


def _local(element: _Element) -> str:
    return str(element.tag).removeprefix(f"{{{ASSERTION}}}")
