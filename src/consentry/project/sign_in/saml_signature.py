"""The signature over a SAML assertion. What it covers is all that is read of an answer.

Sources: XML Signature best practices, 2.1 (see what is signed); Somorovsky et al., On breaking SAML, 2012 (wrapping).
"""

from collections import Counter
from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from lxml.etree import LxmlError, _Element

from consentry.people.certificates import Certificate
from consentry.people.saml_metadata import PROTOCOL
from consentry.project.sign_in.saml_xml import ASSERTION, SIGNATURE
from consentry.rules.saml_assertions import UntrustedError

_ASSERTION = f"{{{ASSERTION}}}Assertion"
_ENCRYPTED = f"{{{ASSERTION}}}EncryptedAssertion"
_RESPONSE = f"{{{PROTOCOL}}}Response"
_SIGNATURE = f"{{{SIGNATURE}}}Signature"
_METHODS = ("RSA_SHA256", "RSA_SHA384", "RSA_SHA512", "ECDSA_SHA256", "ECDSA_SHA384", "ECDSA_SHA512")
_MOST_ELEMENTS, _MOST_OF_SIGNATURE = 5000, 100
"""In an answer, and in the signature, which is looked at before it is known whose it is."""
_UNREADABLE = (LxmlError, UnsupportedAlgorithm, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


def signed_assertion(response: _Element, certificates: Sequence[Certificate]) -> _Element:
    """The assertion of this answer as it was signed, by the key of one of these certificates. Raises UntrustedError.

    It is what came out of the signature's own canonical form, parsed anew, never the element that stands in the
    answer: nothing that is not signed can be read of it, wherever it was put.
    """
    _check_form(response)
    reasons = []
    for each in certificates:
        try:
            return _verified(response, each)
        except UntrustedError as wrong:
            reasons.append(str(wrong))
    raise UntrustedError(f"no certificate of the provider fits the signature: {'; '.join(reasons)}")


def _check_form(response: _Element) -> None:
    """One answer with one assertion, signed itself, no id twice. Whatever hides others is refused. UntrustedError."""
    elements = [each for each in response.iter() if isinstance(each.tag, str)]
    found = Counter(each.tag for each in elements)
    if response.tag != _RESPONSE or found[_RESPONSE] != 1 or len(elements) > _MOST_ELEMENTS:
        raise UntrustedError("not one answer of SAML 2.0")
    if found[_ENCRYPTED]:
        raise UntrustedError("an encrypted assertion, for which no key was given")
    assertions = response.findall(_ASSERTION)
    if found[_ASSERTION] != 1 or len(assertions) != 1:
        raise UntrustedError("not one assertion")
    signatures = assertions[0].findall(_SIGNATURE)
    if len(signatures) != 1 or len(list(assertions[0].iter(_SIGNATURE))) != 1:
        raise UntrustedError("an assertion without a signature of its own")
    if len(list(signatures[0].iter())) > _MOST_OF_SIGNATURE:
        raise UntrustedError("too large a signature")
    ids = Counter(value for each in elements for name, value in each.attrib.items() if str(name).lower().endswith("id"))
    if ids[str(assertions[0].get("ID"))] != 1:
        raise UntrustedError("two elements of one id")


def _verified(response: _Element, certificate: Certificate) -> _Element:
    from signxml.algorithms import DigestAlgorithm, SignatureMethod  # here: the product runs without this extra
    from signxml.exceptions import SignXMLException
    from signxml.verifier import SignatureConfiguration, XMLVerifier

    expected = SignatureConfiguration(
        location=f"./{_ASSERTION}/",
        signature_methods=frozenset(SignatureMethod[name] for name in _METHODS),
        digest_algorithms=frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512}),
    )
    key = x509.load_pem_x509_certificate(certificate.pem.encode())
    try:
        found = XMLVerifier().verify(response, x509_cert=key, id_attribute="ID", expect_config=expected)
    except SignXMLException as wrong:
        raise UntrustedError(f"{type(wrong).__name__}: {str(wrong)[:200]!r}") from wrong
    # Whatever stands in a signature: its errors are of many kinds, and none may be a fault of ours. What they say is
    # not told: it may be whatever somebody has written there.
    except _UNREADABLE as wrong:
        raise UntrustedError(type(wrong).__name__) from wrong
    signed = None if isinstance(found, list) else found.signed_xml
    if signed is None or signed.tag != _ASSERTION or signed.get("ID") != response.findall(_ASSERTION)[0].get("ID"):
        raise UntrustedError("the signature covers something else")
    return signed
