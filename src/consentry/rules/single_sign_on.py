"""Single sign-on: what a provider's word is worth, and whom it lets in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consentry.rules.identity_providers import Vouching

_LONGEST_EMAIL = 254
_YES = {"true", "1"}


class Refusal(StrEnum):
    """Why a person for whom a provider vouched is not let in."""

    NO_MATCH = "no_match"
    SEVERAL_MATCH = "several_match"
    GUARDIAN = "guardian"
    UNVERIFIED = "unverified"
    WITHOUT_EMAIL = "without_email"
    DISABLED = "disabled"
    OTHER_DOMAIN = "other_domain"
    LINKED_TO_ANOTHER = "linked_to_another"


@dataclass(frozen=True)
class Vouched:
    """What a provider says of a person: who they are to it, and the e-mail that it has verified ("": none)."""

    subject: str
    email: str


@dataclass(frozen=True)
class Candidate:
    """An account of the site whose e-mail is the one that was vouched for."""

    account: int
    is_staff: bool
    is_enabled: bool


def vouched(kind: Vouching, claims: Mapping[str, Any], domain: str) -> Vouched | Refusal:
    """What the claims of an ID token, which has been verified, say of a person.

    `domain` is the hosted domain that the site demands of Google's accounts, "" for none. An e-mail counts only where
    the provider says that it has verified it: by `email_verified`; Microsoft, whose tenants may write any e-mail, by
    `xms_edov` alone (the domain of the e-mail is verified as the tenant's). A SAML provider is the site's own, and says
    nothing of the kind: its word is the site's, for which it counts alone. Sources: Google, OpenID Connect; Microsoft,
    migrate away from using email claims for user identification or authorization.
    """
    if kind is Vouching.GOOGLE and domain and claims.get("hd") != domain:
        return Refusal.OTHER_DOMAIN
    email = claims.get("email")
    is_usable = isinstance(email, str) and len(email) <= _LONGEST_EMAIL and email.isprintable()
    return Vouched(str(claims["sub"]), str(email) if is_usable and _is_verified(kind, claims) else "")


def _is_verified(kind: Vouching, claims: Mapping[str, Any]) -> bool:
    if kind is Vouching.SAML:
        return True
    said_by = "xms_edov" if kind is Vouching.MICROSOFT else "email_verified"
    return str(claims.get(said_by)).lower() in _YES


def same_email(one: str, other: str) -> bool:
    """Whether two e-mails are the same, whatever the case of their Latin letters.

    Only A to Z have two cases here: by Unicode's rules letters that look alike, such as the Kelvin sign and K, would
    let the owner of one address be taken for the owner of another (CVE-2019-19844).
    """
    return one.encode().lower() == other.encode().lower()


def choose(found: Sequence[Candidate]) -> int | Refusal:
    """The one account that is meant, of those whose e-mail is the one vouched for; or why there is none.

    Single sign-on is for staff: other people's accounts are never chosen, and do not make a member of staff ambiguous.
    """
    staff = [each for each in found if each.is_staff]
    enabled = [each for each in staff if each.is_enabled]
    if len(enabled) == 1:
        return enabled[0].account
    if enabled:
        return Refusal.SEVERAL_MATCH
    if staff:
        return Refusal.DISABLED
    return Refusal.GUARDIAN if found else Refusal.NO_MATCH
