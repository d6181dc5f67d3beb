"""What a collector's answer means: received, again later, or refused; and when to try again.

Sources: RFC 9110, 15 (status codes) and 10.2.3 (Retry-After); RFC 6585, 4 (429).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Final


class Verdict(StrEnum):
    """What becomes of a submission after one attempt."""

    RECEIVED = "received"
    AGAIN = "again"
    REFUSED = "refused"


class Outcome(StrEnum):
    """How one attempt ended. The value is stored."""

    RECEIVED = "received"
    REFUSED = "refused"
    COLLECTOR_FAILED = "collector_failed"
    TOO_MANY = "too_many"
    NO_ANSWER = "no_answer"
    NOT_REACHED = "not_reached"
    NOT_TRUSTED = "not_trusted"
    CREDENTIALS_REFUSED = "credentials_refused"
    INTERRUPTED = "interrupted"

    @property
    def verdict(self) -> Verdict:
        """What follows from it: what was refused is refused again, everything else may pass."""
        if self is Outcome.RECEIVED:
            return Verdict.RECEIVED
        return Verdict.REFUSED if self in {Outcome.REFUSED, Outcome.CREDENTIALS_REFUSED} else Verdict.AGAIN


_BUSY: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_CREDENTIALS: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_WAITS: Final = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 120, 300, 600, 1200, 1800, 3600))
MOST_ATTEMPTS: Final = 12
LONGEST_WAIT: Final = timedelta(hours=6)


def outcome_of(status: int) -> Outcome:
    """What an answer of this status says. A redirection is none: data goes to the address that was agreed."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.RECEIVED
    if status in _CREDENTIALS:
        return Outcome.CREDENTIALS_REFUSED
    if status in _BUSY:
        return Outcome.TOO_MANY
    return Outcome.COLLECTOR_FAILED if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Outcome.REFUSED


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait after so many attempts; `asked` is what the collector's Retry-After says, None for nothing."""

    attempts: int
    asked: timedelta | None = None

    def again_at(self, now: datetime, shift: float) -> datetime | None:
        """When to try again, None for never. `shift` from 0 to 1 spreads those that failed together."""
        if self.attempts >= MOST_ATTEMPTS:
            return None
        wait = _WAITS[min(self.attempts, len(_WAITS)) - 1]
        wait += wait * shift / 4
        return now + max(wait, min(self.asked or timedelta(), LONGEST_WAIT))


def asked_to_wait(retry_after: str | None, now: datetime) -> timedelta | None:
    """What Retry-After says, in seconds or as a date; None where it says nothing that can be understood."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), int(LONGEST_WAIT.total_seconds())))
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return max(until - now, timedelta()) if until.tzinfo else None
