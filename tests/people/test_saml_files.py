"""Certificates and metadata files of SAML identity providers, good and hostile."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from tests.project.sign_in.saml_provider import ENTITY, SamlProvider, pair

from consentry.people.certificates import certificate, read_certificates
from consentry.people.saml_metadata import read_metadata
from consentry.people.strict_xml import LARGEST
from consentry.rules.invalid import InvalidError

AT = datetime.now(UTC)
ONE, TWO, THREE = (pair(name).certificate for name in ("one", "two", "three"))
GOOD = SamlProvider("https://idp.example").metadata


def test_one_or_two_certificates_are_read_whatever_stands_around_them() -> None:
    bare = "".join(ONE.split("-----")[2].split())

    assert [each.pem for each in read_certificates(f"Bag Attributes\n{ONE}\n{TWO}", AT)] == [ONE, TWO]
    assert [each.pem for each in read_certificates(bare, AT)] == [ONE]
    assert len(read_certificates(ONE + ONE, AT)) == 1


def test_a_certificate_says_whose_it_is_and_when_it_ends() -> None:
    found = certificate(pair("short", days=10).certificate)

    assert found.subject == "short"
    assert len(found.fingerprint.split(":")) == 32
    assert found.ends_soon(AT)
    assert not found.ends_soon(AT - timedelta(days=30))
    assert found.begins_at < AT < found.ends_at


def _of(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> str:
    name = x509.Name([])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(AT).not_valid_after(AT + timedelta(days=9))
    return (
        made.sign(key, SHA256() if isinstance(key, ec.EllipticCurvePrivateKey) else None)
        .public_bytes(Encoding.PEM)
        .decode()
    )


def test_a_key_of_an_elliptic_curve_will_do() -> None:
    assert read_certificates(_of(ec.generate_private_key(ec.SECP256R1())), AT)[0].subject == "no name"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "begins with"),
        ("a certificate!", "begins with"),
        ("abcd", "not a certificate"),
        (ONE[:400] + ONE[-40:], "not a certificate"),
        (ONE + TWO + THREE, "at most 2"),
        (pair("one").key.decode() + ONE, "private key"),
        (pair("old", days=-1).certificate, "ended on"),
        (pair("weak", bits=1024).certificate, "at least 2048 bits"),
        (_of(ed25519.Ed25519PrivateKey.generate()), "at least 2048 bits"),
        ("x" * 20_001, "begins with"),
    ],
)
def test_what_is_no_certificate_to_rely_on_is_named(written: str, reason: str) -> None:
    with pytest.raises(InvalidError, match=reason) as refused:
        read_certificates(written, AT)

    assert refused.value.field == "certificates"


def test_the_metadata_of_a_provider_are_read() -> None:
    found = read_metadata(GOOD)

    assert (found.entity_id, found.sign_on_url) == (ENTITY, "https://idp.example/sso")
    assert [each.subject for each in read_certificates(found.certificates, AT)] == ["oakfield-idp"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not XML"),
        (b"\x00\x01", "NUL"),
        (b"PK\x03\x04\xff", "not in UTF-8"),
        (b"<a>", "not XML"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        (GOOD + b" " * LARGEST, "more than 256 KB"),
        (b"<a/>", "of no SAML 2.0 identity providers"),
        (b"<a>" + GOOD * 2 + b"</a>", "of 2 SAML 2.0 identity providers"),
        (GOOD.replace(b"HTTP-Redirect", b"HTTP-Artifact"), "no sign-on address"),
        (GOOD.replace(b"SAML:2.0:protocol", b"SAML:1.1:protocol"), "of no SAML 2.0 identity providers"),
        (b"<a>" * 400 + b"</a>" * 400, "not XML"),
        (b"<a>" + b"".join(b'<b xmlns:n%d="urn:n">' % n for n in range(65)), "more than 64 namespaces at once"),
        (b"<a " + b" ".join(b'n%d=""' % n for n in range(65)) + b"/>", "more than 64 attributes"),
    ],
)
def test_a_file_that_tells_of_no_provider_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidError, match=reason) as refused:
        read_metadata(data)

    assert refused.value.field == "metadata"


def test_namespaces_that_were_declared_one_after_another_are_not_too_many() -> None:
    one = b'<x xmlns:auth="urn:a" xmlns="urn:b"/>'

    assert read_metadata(GOOD.replace(b"<IDPSSO", one * 100 + b"<IDPSSO")).entity_id == ENTITY
