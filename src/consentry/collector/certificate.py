"""A certificate for the collector, signed by an authority of its own whose key is thrown away at once."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from consentry.collector.private_files import write_private

_GOOD_FOR = timedelta(days=397)
_LEFT_AT_LEAST = timedelta(days=30)
_ALWAYS = ("localhost", "127.0.0.1", "::1")


class Certificate:
    """The files of a folder: `authority` is what a sender checks by; `chain` and `key` are the server's."""

    def __init__(self, folder: Path) -> None:
        self.authority = folder / "ca.pem"
        self.chain = folder / "server.pem"
        self.key = folder / "server.key"

    def ensure(self, host: str) -> None:
        """Make the files anew unless they are there, name the host, and are good for a month yet."""
        if self._is_good(host):
            return
        authority, signing = _authority()
        key = ec.generate_private_key(ec.SECP256R1())
        server = _server(key.public_key(), host, authority, signing)
        plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_private(self.key, plain)
        write_private(self.authority, authority.public_bytes(Encoding.PEM))
        write_private(self.chain, server.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM))

    def _is_good(self, host: str) -> bool:
        if not (self.chain.exists() and self.key.exists() and self.authority.exists()):
            return False
        known = x509.load_pem_x509_certificate(self.chain.read_bytes())
        names = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return _name(host) in names and known.not_valid_after_utc - datetime.now(UTC) > _LEFT_AT_LEAST


def _authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _subject("Reference collector's own authority")
    signs = _usage(signs_certificates=True)
    made = (
        _begun(subject, subject, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(signs, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return made, key


def _server(
    key: ec.EllipticCurvePublicKey, host: str, authority: x509.Certificate, signing: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    names = [_name(each) for each in dict.fromkeys((*_ALWAYS, host))]
    serves = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    return (
        _begun(_subject("Reference collector"), authority.subject, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(serves, critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, hashes.SHA256())
    )


def _begun(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _GOOD_FOR)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _subject(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
