"""What a site enters of its SAML identity provider, as it is kept; certificates: people/certificates.py."""

import re
from urllib.parse import urlsplit

from consentry.rules.invalid import InvalidError

_LONGEST_ENTITY = 1024
_LONGEST_ADDRESS = 1000
_LONGEST_ATTRIBUTE = 250
_LONGEST_NAME = 40
_ONE_WORD = re.compile(r"[\x21-\x7e]+")
_THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}

NAME_ID = "NameID"
"""Written as the attribute, it stands for the name identifier itself, which some providers fill with the e-mail."""


def entity_id(written: str) -> str:
    """The identity provider's name for itself, letter by letter. Raises InvalidError. Source: SAML core 2.0, 8.3.6."""
    if not _ONE_WORD.fullmatch(written) or len(written) > _LONGEST_ENTITY:
        reason = f"it is one word of at most {_LONGEST_ENTITY} letters, digits and signs. Copy it from the provider"
        raise InvalidError("client_id", reason)
    return written


def sign_on_url(written: str) -> str:
    """The address that people are led to: by https; for trials also on this machine. Raises InvalidError."""
    try:
        parts = urlsplit(written)
        is_usable = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc and "#" not in written
    except ValueError:
        is_usable = False
    if not is_usable or not _ONE_WORD.fullmatch(written) or len(written) > _LONGEST_ADDRESS:
        raise InvalidError("sign_on_url", "it is an address such as https://idp.oakfield.sch.uk/sso")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        raise InvalidError("sign_on_url", "the address must begin with https://")
    return written


def email_attribute(written: str) -> str:
    """The name of the attribute that holds the e-mail, or NAME_ID. Raises InvalidError."""
    if not written or not written.isprintable() or len(written) > _LONGEST_ATTRIBUTE:
        reason = f"it is the name of an attribute, at most {_LONGEST_ATTRIBUTE} characters, or {NAME_ID}"
        raise InvalidError("email_attribute", reason)
    return written


def name(written: str) -> str:
    """What people know the provider by, as the sign-in page calls it. Raises InvalidError."""
    if not written or not written.isprintable() or len(written) > _LONGEST_NAME:
        raise InvalidError("name", f"it is a name of at most {_LONGEST_NAME} characters")
    return written
