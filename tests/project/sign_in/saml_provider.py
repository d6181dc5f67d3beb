"""A SAML identity provider on loopback, and a person's browser that goes there and back.

No provider in a package runs from wheels alone, so this one is ours; but it signs with libxmlsec1, which shares nothing
with what checks signatures in the product, and it is asked and answers by HTTP.
"""

import base64
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import requests
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.test import Client
from lxml import etree, html
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response
from xmlsec import constants

ENTITY = "https://idp.oakfield.example/saml"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


@dataclass(frozen=True)
class Pair:
    """A key, and the certificate that goes with it, both PEM."""

    key: bytes
    certificate: str


@cache
def pair(name: str, *, days: int = 365, bits: int = 2048) -> Pair:
    """The pair of this name, with a certificate that ends in so many days."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    end = datetime.now(UTC) + timedelta(days=days)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(end - timedelta(days=1000))
    certificate = made.not_valid_after(end).sign(key, SHA256())
    return Pair(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        certificate.public_bytes(Encoding.PEM).decode(),
    )


@dataclass(frozen=True)
class Asked:
    """A request as it came: its id, who asks, and where the answer goes."""

    id: str
    issuer: str
    answers: str


def read_request(encoded: str) -> Asked:
    """What the address that leads here asks."""
    root = etree.fromstring(zlib.decompress(base64.b64decode(encoded), wbits=-15))
    return Asked(
        root.get("ID", ""), root.findtext(f"{{{SAML}}}Issuer") or "", root.get("AssertionConsumerServiceURL", "")
    )


def moment(minutes: float = 0) -> str:
    """So many minutes from now, as SAML writes it."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Says:
    """What the provider says of a person, in answer to a request. A test changes what it wants to be wrong."""

    asked: Asked
    subject: str
    attributes: dict[str, list[str]]
    format: str = PERSISTENT
    issuer: str = ENTITY
    audience: str | None = ""
    recipient: str = ""
    destination: str | None = ""
    in_response_to: str | None = ""
    cover_in_response_to: str | None = ""
    cover_issuer: str = ENTITY
    issued: float = 0
    not_before: float = -1
    not_on_or_after: float = 5
    confirmed_until: float | None = 5
    status: str = "urn:oasis:names:tc:SAML:2.0:status:Success"
    signs: str = "Assertion"
    digest: Any = constants.TransformSha256
    method: Any = constants.TransformRsaSha256
    canonical: Any = constants.TransformExclC14N
    extra: str = ""
    more_conditions: str = ""
    authn: str = '<saml:AuthnStatement AuthnInstant="2026-01-01T00:00:00Z"/>'
    assertion_id: str = field(default_factory=lambda: f"_{uuid4().hex}")
    pair: Pair = field(default_factory=lambda: pair("oakfield-idp"))

    def xml(self) -> bytes:
        """The answer, signed."""
        root = etree.fromstring(self._text())
        if self.signs:
            tag = f"{{{SAML}}}Assertion" if self.signs == "Assertion" else f"{{{PROTOCOL}}}Response"
            sign(next(root.iter(tag)), self)
        return bytes(etree.tostring(root))

    def _text(self) -> str:
        def attribute(name: str, value: str | None, otherwise: str) -> str:
            return "" if value is None else f' {name}="{escape(value or otherwise)}"'

        values = "".join(
            f'<saml:Attribute Name="{escape(name)}">'
            + "".join(f"<saml:AttributeValue>{escape(value)}</saml:AttributeValue>" for value in given)
            + "</saml:Attribute>"
            for name, given in self.attributes.items()
        )
        audience = (
            ""
            if self.audience is None
            else "<saml:AudienceRestriction><saml:Audience>"
            f"{escape(self.audience or self.asked.issuer)}</saml:Audience></saml:AudienceRestriction>"
        )
        until = "" if self.confirmed_until is None else f' NotOnOrAfter="{moment(self.confirmed_until)}"'
        assertion = (
            f'<saml:Assertion xmlns:saml="{SAML}" ID="{self.assertion_id}" Version="2.0" '
            f'IssueInstant="{moment(self.issued)}"><saml:Issuer>{escape(self.issuer)}</saml:Issuer>'
            f'<saml:Subject><saml:NameID Format="{self.format}">{self.subject}</saml:NameID>'
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData'
            f"{attribute('InResponseTo', self.in_response_to, self.asked.id)}"
            f"{attribute('Recipient', self.recipient, self.asked.answers)}{until}/></saml:SubjectConfirmation>"
            f'</saml:Subject><saml:Conditions NotBefore="{moment(self.not_before)}" '
            f'NotOnOrAfter="{moment(self.not_on_or_after)}">{audience}{self.more_conditions}</saml:Conditions>{self.authn}'
            f"<saml:AttributeStatement>{values}</saml:AttributeStatement>{self.extra}</saml:Assertion>"
        )
        return (
            f'<samlp:Response xmlns:samlp="{PROTOCOL}" ID="_{uuid4().hex}" Version="2.0" IssueInstant="{moment()}"'
            f"{attribute('Destination', self.destination, self.asked.answers)}"
            f"{attribute('InResponseTo', self.cover_in_response_to, self.asked.id)}>"
            f'<saml:Issuer xmlns:saml="{SAML}">{escape(self.cover_issuer)}</saml:Issuer>'
            f'<samlp:Status><samlp:StatusCode Value="{self.status}"/></samlp:Status>{assertion}</samlp:Response>'
        )


def sign(element: Any, says: Says) -> None:
    """Put the signature where SAML wants it, after the issuer."""
    signature = xmlsec.template.create(element, says.canonical, says.method, ns="ds")
    element.insert(1, signature)
    reference = xmlsec.template.add_reference(signature, says.digest, uri=f"#{element.get('ID')}")
    xmlsec.template.add_transform(reference, constants.TransformEnveloped)
    xmlsec.template.add_transform(reference, says.canonical)
    xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(signature))
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(says.pair.key, constants.KeyDataFormatPem)
    context.key.load_cert_from_memory(says.pair.certificate.encode(), constants.KeyDataFormatPem)
    xmlsec.tree.add_ids(element, ["ID"])
    context.sign(signature)


Changes = Callable[[Says], None]


@dataclass
class SamlProvider:
    """The provider at its address. `people` are those who may sign in there, with what it says of them.

    `change` says what is wrong with an answer before it is signed, `spoil` afterwards.
    """

    base: str
    people: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    change: Changes = field(default=lambda _says: None)
    spoil: Callable[[bytes], bytes] = field(default=lambda answer: answer)

    def knows(self, subject: str, **attributes: str) -> None:
        """From now on it says this of the person."""
        self.people[subject] = {name: [value] for name, value in attributes.items()}

    def answer(self, asked: Asked, subject: str) -> bytes:
        """Its answer to a request, for this person."""
        says = Says(asked, escape(subject), self.people[subject])
        self.change(says)
        return self.spoil(says.xml())

    @property
    def metadata(self) -> bytes:
        """What it says of itself."""
        bare = "".join(pair("oakfield-idp").certificate.split("-----")[2].split())
        return (
            f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}"><IDPSSODescriptor '
            f'protocolSupportEnumeration="{PROTOCOL}"><KeyDescriptor use="signing"><KeyInfo '
            f'xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{bare}</X509Certificate></X509Data>'
            f'</KeyInfo></KeyDescriptor><SingleSignOnService Binding="{REDIRECT}" '
            f'Location="{self.base}/sso"/></IDPSSODescriptor></EntityDescriptor>'
        ).encode()

    def page(self, request: Request) -> Response:
        """Who somebody is; then the form that carries the answer back."""
        asked = escape(request.values["SAMLRequest"])
        if request.method == "GET":
            text = (
                f'<form method="post"><input type="hidden" name="SAMLRequest" value="{asked}">'
                '<input name="subject" placeholder="subject"><button>Authorize</button></form>'
            )
        else:
            read = read_request(request.form["SAMLRequest"])
            answer = base64.b64encode(self.answer(read, request.form["subject"])).decode()
            text = (
                f'<form method="post" action="{escape(read.answers)}"><input type="hidden" name="SAMLResponse" '
                f'value="{answer}"><input type="hidden" name="RelayState" value="https://evil.example/">'
                "<button>Go back</button></form>"
            )
        return Response(f"<!doctype html><title>Provider</title>{text}", content_type="text/html")


@contextmanager
def running() -> Iterator[SamlProvider]:
    """The provider, for as long as the block runs."""
    provider = SamlProvider("")

    def application(environ: Any, start_response: Any) -> Any:
        return provider.page(Request(environ))(environ, start_response)

    server = make_server("127.0.0.1", 0, application, threaded=True)
    provider.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _form(page: str) -> dict[str, str]:
    """What stands in the form of a page; its address under ""."""
    form: Any = next(html.fromstring(page).iter("form"))
    return {"": form.get("action", "")} | {each.get("name"): each.get("value", "") for each in form.iter("input")}


@dataclass
class SamlBrowser:
    """Somebody's browser. It sends no session cookie with a form of another service (SameSite=Lax), as browsers do."""

    client: Client = field(default_factory=lambda: Client(raise_request_exception=False, enforce_csrf_checks=True))

    def leave(self, provider: str, *, to: str = "") -> str:
        """Press the button at the site's sign-in page; the address that leads away."""
        page = self.client.get(f"/{provider.partition('-')[0]}/sign-in")
        assert page.status_code == 200, page.content.decode()
        sent = {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
        answer = self.client.post(f"/accounts/sso/{provider}/login/{f'?next={to}' if to else ''}", sent)
        assert answer.status_code == 200, answer.content.decode()
        return str(answer.context["address"])

    def authorize(self, address: str, subject: str) -> tuple[str, dict[str, str]]:
        """Sign in at the provider: the path that its form goes to, and what is in it."""
        asked = _form(requests.get(address, timeout=10).text)["SAMLRequest"]
        answer = requests.post(address, data={"SAMLRequest": asked, "subject": subject}, timeout=10)
        assert answer.status_code == 200, answer.text
        sent = _form(answer.text)
        return urlsplit(sent.pop("")).path, sent

    def bring(self, path: str, sent: dict[str, str]) -> Any:
        """Send the provider's form, as the page of another service does: without a cookie; what is answered."""
        cookieless = Client(raise_request_exception=False, enforce_csrf_checks=True)
        return cookieless.post(path, urlencode(sent), content_type="application/x-www-form-urlencoded")

    def come_back(self, answer: Any) -> Any:
        """Follow where the answer leads, if it leads on."""
        return self.client.get(answer["Location"]) if answer.status_code == 303 else answer

    def sign_in(self, provider: str, subject: str, *, to: str = "") -> Any:
        """All the way; our last answer."""
        return self.come_back(self.bring(*self.authorize(self.leave(provider, to=to), subject)))

    @property
    def is_signed_in(self) -> bool:
        return "_auth_user_id" in self.client.session
