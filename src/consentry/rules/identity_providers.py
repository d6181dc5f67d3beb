"""Who vouches for people; what a site enters of its client at Google or Microsoft, as it is kept."""

import re
from enum import StrEnum
from uuid import UUID

from consentry.rules.invalid import InvalidError

_LONGEST_CLIENT = 190
_LONGEST_SECRET = 1000
_ONE_WORD = re.compile(r"[\x21-\x7e]+")
_PERSONAL_ACCOUNTS = UUID("9188040d-6c67-4b5b-b112-36a304b66dad")
_DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


class Vouching(StrEnum):
    """Who vouches for people; the value is how rows and addresses name it."""

    GOOGLE = "google"
    MICROSOFT = "microsoft"
    SAML = "saml"


def client_id(kind: Vouching, written: str) -> str:
    """The client id as it is kept. Raises InvalidError; Microsoft's is a GUID."""
    if kind is Vouching.MICROSOFT:
        return str(_guid("client_id", written))
    return _word("client_id", written, _LONGEST_CLIENT)


def secret(written: str) -> str:
    """The client secret as it is kept. Raises InvalidError."""
    return _word("secret", written, _LONGEST_SECRET)


def tenant(written: str) -> str:
    """The tenant of Microsoft Entra as it is kept: its GUID alone names one organisation for good.

    Raises InvalidError for anything else: "common", "organizations" and "consumers" let in people of any organisation,
    and so does the tenant of personal accounts. Source: Microsoft identity platform, application configuration options.
    """
    if written.lower() in {"common", "organizations", "consumers"}:
        raise InvalidError("tenant", f"“{written}” would let in people of any organisation. Enter your own tenant’s ID")
    known = _guid("tenant", written)
    if known == _PERSONAL_ACCOUNTS:
        raise InvalidError("tenant", "that is the tenant of everybody’s personal accounts. Enter your own tenant’s ID")
    return str(known)


def hosted_domain(written: str) -> str:
    """The Google Workspace domain that people must be of, or "" for none. Raises InvalidError."""
    domain = written.lower().removeprefix("@")
    if domain and not _DOMAIN.fullmatch(domain):
        raise InvalidError("hosted_domain", "a domain is written like oakfield.sch.uk, without https:// or a path")
    return domain


def _word(field: str, written: str, longest: int) -> str:
    if not _ONE_WORD.fullmatch(written) or len(written) > longest:
        raise InvalidError(
            field, f"it is one word of at most {longest} letters, digits and signs. Copy it from the provider"
        )
    return written


def _guid(field: str, written: str) -> UUID:
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", written):
        raise InvalidError(field, "it has the form 1f0e2d3c-0000-4000-8000-0123456789ab. Copy it from Entra")
    return UUID(written)
