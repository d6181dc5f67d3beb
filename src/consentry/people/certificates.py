"""The certificates by which a site knows that its SAML identity provider has signed: read, checked, shown."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from consentry.rules.invalid import InvalidError

FIELD = "certificates"
MOST = 2
"""The one in use and the one that takes over from it."""
SOON = timedelta(days=30)

_LONGEST = 20_000
_RSA_BITS, _CURVE_BITS = 2048, 256
_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----")
_BARE = re.compile(r"[A-Za-z0-9+/=\s]+")


@dataclass(frozen=True)
class Certificate:
    """One certificate. `fingerprint` is that of SHA-256, as providers show it."""

    pem: str
    subject: str
    fingerprint: str
    begins_at: datetime
    ends_at: datetime

    def ends_soon(self, at: datetime) -> bool:
        """Whether it is time to enter the next one."""
        return self.ends_at - at < SOON


def read_certificates(written: str, at: datetime) -> tuple[Certificate, ...]:
    """One or two certificates, PEM or the bare letters of one as metadata hold it. Raises InvalidError."""
    if "PRIVATE KEY" in written:
        raise InvalidError(FIELD, "that holds a private key, which belongs to the provider alone")
    blocks = _BLOCK.findall(written)
    if len(written) > _LONGEST or not (blocks or _BARE.fullmatch(written)):
        raise InvalidError(FIELD, "it begins with -----BEGIN CERTIFICATE-----. Copy the whole of it from the provider")
    found = tuple({each.fingerprint: each for each in map(_read, blocks or [_as_pem(written)])}.values())
    if len(found) > MOST:
        raise InvalidError(FIELD, f"at most {MOST}: the one in use and the one that takes over from it")
    for each in found:
        if each.ends_at <= at:
            raise InvalidError(FIELD, f"the one of {each.subject} ended on {each.ends_at:%d %B %Y}. Leave it away")
    return found


def certificate(pem: str) -> Certificate:
    """A certificate as it is kept. Raises InvalidError for what is none."""
    return _read(pem)


def _as_pem(bare: str) -> str:
    return f"-----BEGIN CERTIFICATE-----\n{''.join(bare.split())}\n-----END CERTIFICATE-----\n"


def _read(pem: str) -> Certificate:
    try:
        der = base64.b64decode("".join(pem.split("-----")[2].split()), validate=True)
        found = x509.load_der_x509_certificate(der)
        key = found.public_key()
        names = [str(each.value) for each in found.subject]
    except (ValueError, TypeError, x509.UnsupportedGeneralNameType) as wrong:
        raise InvalidError(FIELD, "one of them is not a certificate, or not whole") from wrong
    is_strong = isinstance(key, RSAPublicKey) and key.key_size >= _RSA_BITS
    if not is_strong and not (isinstance(key, EllipticCurvePublicKey) and key.key_size >= _CURVE_BITS):
        raise InvalidError(FIELD, "its key must be RSA of at least 2048 bits, or of an elliptic curve of 256")
    return Certificate(
        pem=found.public_bytes(Encoding.PEM).decode(),
        subject=", ".join(names) or "no name",
        fingerprint=found.fingerprint(SHA256()).hex(":").upper(),
        begins_at=found.not_valid_before_utc,
        ends_at=found.not_valid_after_utc,
    )
