"""Answers of SAML that were changed or wrapped after they were signed, and what is no answer at all: nobody gets in."""

import base64
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from lxml import etree
from xmlsec import constants

from tests.project.sign_in.conftest import SsoSchool
from tests.project.sign_in.saml_provider import PROTOCOL, SamlBrowser, SamlProvider
from tests.project.sign_in.saml_school import HEAD, SAML, UNTRUSTED, changed, idp, not_let_in, school, server
from tests.world import add_person

__all__ = ["idp", "school", "server"]  # fixtures

ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
Spoil = Callable[[Any], None]


def forged(root: Any) -> Any:
    """A copy of the signed assertion that speaks of somebody else, without the signature."""
    made = deepcopy(root.find(f"{ASSERTION}Assertion"))
    made.remove(made.find(SIGNATURE))
    made.find(f"{ASSERTION}Subject/{ASSERTION}NameID").text = "p-boss"
    made.set("ID", "_forged")
    return made


def _text_changed(root: Any) -> None:
    root.find(f".//{ASSERTION}AttributeValue").text = "boss@oakfield.example"


def _before(root: Any) -> None:
    root.insert(2, forged(root))


def _after(root: Any) -> None:
    root.append(forged(root))


def _signed_one_inside(root: Any) -> None:
    signed = root.find(f"{ASSERTION}Assertion")
    root.replace(signed, made := forged(root))
    made.append(signed)


def _signed_one_in_extensions(root: Any) -> None:
    signed = root.find(f"{ASSERTION}Assertion")
    root.replace(signed, forged(root))
    etree.SubElement(root, f"{{{PROTOCOL}}}Extensions").append(signed)


def _signed_one_in_the_signature(root: Any) -> None:
    signed = root.find(f"{ASSERTION}Assertion")
    made = forged(root)
    root.replace(signed, made)
    signature = signed.find(SIGNATURE)
    signed.remove(signature)
    made.insert(1, signature)
    etree.SubElement(signature, f"{SIGNATURE[:-9]}Object").append(signed)


def _same_id(root: Any) -> None:
    signed = root.find(f"{ASSERTION}Assertion")
    made = forged(root)
    made.set("ID", signed.get("ID"))
    made.insert(1, deepcopy(signed.find(SIGNATURE)))
    root.replace(signed, made)
    etree.SubElement(root, f"{{{PROTOCOL}}}Extensions").append(signed)


def _id_on_another(root: Any) -> None:
    etree.SubElement(root, f"{{{PROTOCOL}}}Extensions", Id=root.find(f"{ASSERTION}Assertion").get("ID"))


def _signature_moved_out(root: Any) -> None:
    assertion = root.find(f"{ASSERTION}Assertion")
    root.append(assertion.find(SIGNATURE))


def _covers_nothing_here(root: Any) -> None:
    signature = root.find(f".//{SIGNATURE}")
    next(signature.iter("{*}Reference")).set("URI", "#_elsewhere")


def _encrypted(root: Any) -> None:
    root.find(f"{ASSERTION}Assertion").tag = f"{ASSERTION}EncryptedAssertion"


def _another_root(root: Any) -> None:
    root.tag = f"{{{PROTOCOL}}}ArtifactResponse"


def _garbled_signature(root: Any) -> None:
    next(root.iter("{*}SignatureValue")).text = "§§"


def _shared_secret(root: Any) -> None:
    method = next(root.iter("{*}SignatureMethod"))
    method.set("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")


def _stylesheet(root: Any) -> None:
    next(root.iter("{*}Transform")).set("Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116")


def _many(root: Any) -> None:
    for _ in range(5001):
        etree.SubElement(root, "x")


def _without_canonical_form(root: Any) -> None:
    method = next(root.iter("{*}CanonicalizationMethod"))
    method.getparent().remove(method)


def _namespace_of_no_address(root: Any) -> None:
    next(root.iter("{*}CanonicalizationMethod")).set("Algorithm", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315")
    etree.SubElement(root.find(f"{ASSERTION}Assertion"), "{elsewhere}x")


def _signature_of_no_letters(root: Any) -> None:
    next(root.iter("{*}SignatureValue")).text = "A"


def _large_signature(root: Any) -> None:
    for _ in range(101):
        etree.SubElement(root.find(f".//{SIGNATURE}"), f"{SIGNATURE[:-9]}Object")


@pytest.mark.parametrize(
    "spoil",
    [
        _text_changed, _before, _after, _signed_one_inside, _signed_one_in_extensions, _signed_one_in_the_signature,
        _same_id, _id_on_another, _signature_moved_out, _covers_nothing_here, _encrypted, _another_root,
        _garbled_signature, _shared_secret, _stylesheet, _many, _without_canonical_form,
        _namespace_of_no_address, _signature_of_no_letters, _large_signature,
    ],
)  # fmt: skip
def test_an_answer_that_was_changed_or_wrapped_after_it_was_signed_is_refused(
    school: SsoSchool, idp: SamlProvider, spoil: Spoil
) -> None:
    """Signature wrapping: Somorovsky et al., On breaking SAML, 2012."""
    add_person(school.site, "Head Boss", email="boss@oakfield.example")

    def spoilt(answer: bytes) -> bytes:
        root = etree.fromstring(answer)
        spoil(root)
        return bytes(etree.tostring(root))

    idp.spoil = spoilt

    not_let_in(school, UNTRUSTED, 403)


@pytest.mark.parametrize("canonical", [constants.TransformExclC14N, constants.TransformExclC14NWithComments])
def test_a_comment_does_not_cut_a_name_in_two(school: SsoSchool, idp: SamlProvider, canonical: Any) -> None:
    """What is signed is "p-boss.evil"; with a comment in it some read "p-boss" (CVE-2017-11427)."""
    idp.people["p-boss.evil"] = {"email": ["nobody@oakfield.example"]}
    add_person(school.site, "Head Boss", email="nobody@oakfield.example")
    idp.change = changed(canonical=canonical)
    idp.spoil = lambda answer: answer.replace(b"p-boss.evil<", b"p-boss<!-- -->.evil<")
    browser = SamlBrowser()

    browser.sign_in(SAML, "p-boss.evil")

    assert [each.uid for each in SocialAccount.objects.all()] in ([], ["p-boss.evil"])


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "§§§",
        "not base64!",
        "A",
        base64.b64encode(b"not xml").decode(),
        base64.b64encode(b"").decode(),
        base64.b64encode(f"{BOMB}<r a='&c;'>&c;</r>".encode()).decode(),
        base64.b64encode(f"{OUTSIDE}<r>&a;</r>".encode()).decode(),
        base64.b64encode(f"{BOMB}<r>&c;</r>".encode("utf-16")).decode(),
        base64.b64encode(f"<?xml version='1.0' encoding='utf-7'?>{BOMB}<r>&c;</r>".encode()).decode(),
        base64.b64encode(b"<r>a\0b</r>").decode(),
        base64.b64encode(b"<r>&#0;</r>").decode(),
        base64.b64encode(b"\xff\xfe\xfd").decode(),
        base64.b64encode(b"<a>" * 300 + b"</a>" * 300).decode(),
        base64.b64encode(b"<r " + b" ".join(b'xmlns:n%d="urn:n"' % each for each in range(65)) + b"/>").decode(),
        base64.b64encode(b"<r " + b" ".join(b'n%d=""' % each for each in range(65)) + b"/>").decode(),
        "\0",
        "A" * 500_000,
    ],
)
def test_what_is_no_answer_at_all_gets_a_clear_page(school: SsoSchool, sent: str) -> None:
    answer = SamlBrowser().bring(HEAD, {"SAMLResponse": sent})

    assert (answer.status_code, UNTRUSTED in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml"]
)
@pytest.mark.parametrize("body", [b"SAMLResponse=" + b"A" * 10_000_000, b"SAMLResponse=%00", b"\xff\xfe", b""])
def test_a_body_that_is_no_form_or_too_large_a_one_gets_a_clear_page(
    school: SsoSchool, content_type: str, body: bytes
) -> None:
    answer = Client(raise_request_exception=False).post(HEAD, body, content_type=content_type)

    assert (answer.status_code, UNTRUSTED in answer.content.decode()) == (403, True)


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "", "\u0661"])
def test_an_odd_length_of_the_body_breaks_nothing(school: SsoSchool, length: str) -> None:
    client = Client(raise_request_exception=False)

    answer = client.generic("POST", HEAD, b"SAMLResponse=x", "application/x-www-form-urlencoded", CONTENT_LENGTH=length)

    assert (answer.status_code, UNTRUSTED in answer.content.decode()) == (403, True)
