"""When a SAML assertion counts, of which the signature has been verified.

Sources: SAML core 2.0, 2.5.1 (conditions) and 2.7.2; SAML profiles 2.0, 4.1.4.3 (what a service provider checks).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from consentry.rules.saml_providers import NAME_ID

CLOCKS_APART = timedelta(minutes=1)
LIFE = timedelta(minutes=10)
"""For how long an assertion counts at most, whatever it says itself: people come back with it at once."""

_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_LONGEST_SUBJECT = 191


class UntrustedError(Exception):
    """The answer does not count. `is_late`: it did, or might have, at another time."""

    def __init__(self, reason: str, *, is_late: bool = False) -> None:
        super().__init__(reason)
        self.is_late = is_late


@dataclass(frozen=True)
class Confirmation:
    """Whom the assertion was handed to, and for what. Each is "" where it says nothing."""

    method: str
    recipient: str
    in_response_to: str
    not_before: str
    not_on_or_after: str


@dataclass(frozen=True)
class Assertion:
    """What a signed assertion says. Times are as they stand there, "" where there is none."""

    id: str
    issuer: str
    issued_at: str
    name_id: str
    name_id_format: str
    audiences: tuple[frozenset[str], ...]
    confirmations: tuple[Confirmation, ...]
    not_before: str = ""
    not_on_or_after: str = ""
    session_ends: str = ""
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Expected:
    """Who must have issued it, and for whom: `audience` is our own entity id, `recipient` where it must have come."""

    issuer: str
    audience: str
    recipient: str


@dataclass(frozen=True)
class Accepted:
    """Of an assertion that counts: to which request it answers, and until when it has to be remembered as used."""

    in_response_to: str
    until: datetime


def accepted(told: Assertion, expected: Expected, now: datetime) -> Accepted:
    """The assertion counts now, for this site, in answer to a request of ours. Raises UntrustedError."""
    if told.issuer != expected.issuer:
        raise UntrustedError("another issuer")
    if not told.id:
        raise UntrustedError("an assertion without an id")
    if not told.audiences or not all(expected.audience in each for each in told.audiences):
        raise UntrustedError("another audience")
    _check_subject(told)
    issued_at = _moment(told.issued_at)
    if issued_at is None or now + CLOCKS_APART < issued_at:
        raise UntrustedError("issued in the future")
    if now - CLOCKS_APART - LIFE >= issued_at:
        raise UntrustedError("issued too long ago", is_late=True)
    _check_in_time(told.not_before, told.not_on_or_after, now)
    _check_in_time("", told.session_ends, now)
    return Accepted(_confirmed(told, expected, now), issued_at + LIFE + 2 * CLOCKS_APART)


def email_of(told: Assertion, attribute: str) -> str:
    """The one e-mail that the assertion says, "" where it says none or several."""
    if attribute == NAME_ID:
        return told.name_id
    values = told.attributes.get(attribute, frozenset())
    return next(iter(values)) if len(values) == 1 else ""


def _check_subject(told: Assertion) -> None:
    if told.name_id_format == _TRANSIENT:
        raise UntrustedError("a name identifier that is another each time (transient)")
    if not told.name_id or len(told.name_id) > _LONGEST_SUBJECT or not told.name_id.isprintable():
        raise UntrustedError("of nobody")


def _confirmed(told: Assertion, expected: Expected, now: datetime) -> str:
    """To which request of ours it answers: said in what is signed, for the address at which it came."""
    for each in told.confirmations:
        if each.method != _BEARER or each.recipient != expected.recipient or each.not_before:
            continue
        if not each.in_response_to or not each.not_on_or_after:
            continue
        _check_in_time("", each.not_on_or_after, now)
        return each.in_response_to
    raise UntrustedError("for another address, or in answer to no request")


def _check_in_time(not_before: str, not_on_or_after: str, now: datetime) -> None:
    begins, ends = _moment(not_before), _moment(not_on_or_after)
    if begins is not None and now + CLOCKS_APART < begins:
        raise UntrustedError("not good yet")
    if ends is not None and now - CLOCKS_APART >= ends:
        raise UntrustedError("expired", is_late=True)


def _moment(written: str) -> datetime | None:
    """The moment, in UTC where none is named; None for "". Raises UntrustedError. Source: SAML core 2.0, 1.3.3."""
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError as wrong:
        raise UntrustedError("a time that is none") from wrong
    return found if found.tzinfo else found.replace(tzinfo=UTC)
