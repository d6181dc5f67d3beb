"""What the operator enters of a collector, and the checks that it must pass: addresses, header, times of day."""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final
from urllib.parse import urlsplit

from consentry.rules.collectors import MOST_SUPPRESSED, LegalBasis, Scope
from consentry.rules.invalid import InvalidError
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.payload_forms import Format, Granularity
from consentry.rules.return_runs import Schedule
from consentry.rules.sending_window import LONGEST, Window, WindowUnit

LONGEST_ADDRESS: Final = 300
LONGEST_SPREAD: Final = 180
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_VISIBLE: Final = re.compile(r"[\x21-\x7e]*")
_OWN_HEADERS: Final = frozenset({
    "accept", "accept-encoding", "authorization", "connection", "content-encoding", "content-length", "content-type",
    "cookie", "date", "expect", "host", "idempotency-key", "keep-alive", "te", "trailer", "transfer-encoding",
    "upgrade", "user-agent",
})  # fmt: skip
"""What a request has of its own: a collector's key in one of these would take its place."""


@dataclass(frozen=True, slots=True)
class CollectorDetails:
    """What the operator can change of a collector. The names are those of its columns, of forms and of files.

    `morning` and `afternoon` None: there is no such run. `suppress_below` 0: no number is hidden.
    """

    name: str
    recipient: str
    purpose: str
    granularity: Granularity
    format: Format
    window_previous: int = 7
    window_unit: WindowUnit = WindowUnit.WORKING
    suppress_below: int = 0
    morning: time | None = time(12, 0)
    afternoon: time | None = time(16, 0)
    spread_minutes: int = 60
    local_authority: str = ""
    base_url: str = ""
    token_url: str = ""
    oauth_scope: str = ""
    client_id: str = ""
    subscription_header: str = ""

    @property
    def scope(self) -> Scope:
        """What is asked for, and who receives it."""
        window = Window(self.window_previous, self.window_unit)
        return Scope(self.recipient, self.granularity, self.format, window, self.suppress_below, self.purpose)

    @property
    def schedule(self) -> Schedule:
        """When it is sent to."""
        return Schedule(self.morning, self.afternoon, timedelta(minutes=self.spread_minutes))


@dataclass(frozen=True, slots=True)
class NewCollector:
    """A collector that is to be added, and what cannot be changed of one: that would be another collector."""

    slug: str
    jurisdiction: Jurisdiction
    legal_basis: LegalBasis
    details: CollectorDetails
    is_local: bool = False


def check_address(field: str, written: str) -> None:
    """Raise InvalidError unless this is an https address of a host and a path alone, or "" for one not known yet.

    Which host it is, is the operator's to know: a certificate must vouch for it (returns/sending.py).
    """
    if not written:
        return
    try:
        parts = urlsplit(written)
        is_plain = not (parts.username or parts.password or "@" in parts.netloc or "?" in written or "#" in written)
        fits = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_plain = fits = False
    if not fits or not _VISIBLE.fullmatch(written) or "\\" in written or len(written) > LONGEST_ADDRESS:
        raise InvalidError(field, f"is an address that begins with https://, of at most {LONGEST_ADDRESS} characters")
    if not is_plain:
        raise InvalidError(field, "is an address without a user, a question mark or a #")


def check_header(field: str, written: str) -> None:
    """Raise InvalidError unless a key can be sent in this header, or "" for none. Source: RFC 9110, 5.1 and 5.6.2."""
    if not written:
        return
    if not _TOKEN.fullmatch(written):
        raise InvalidError(field, "is the name of a header: letters, digits and dashes")
    if written.lower() in _OWN_HEADERS or written.lower().startswith("proxy-"):
        raise InvalidError(field, f"cannot be {written}: requests have that header of their own")


def check_word(field: str, written: str, *, blanks: bool = False) -> None:
    """Raise InvalidError unless this is "" or signs that can be seen; with blanks between them only where that is said.

    Source: RFC 6749, appendix A (client_id, scope).
    """
    without = written.replace(" ", "") if blanks else written
    if not _VISIBLE.fullmatch(without) or written != written.strip() or len(written) > LONGEST_ADDRESS:
        raise InvalidError(field, f"is at most {LONGEST_ADDRESS} letters, digits and signs")


def check_local_authority(field: str, written: str) -> None:
    """Raise InvalidError unless these are the three digits with which LAESTABs begin, or "" for none."""
    if written and not re.fullmatch("[0-9]{3}", written, re.ASCII):
        raise InvalidError(field, "is the three digits of a local authority, such as 860")


def check_figures(details: CollectorDetails) -> None:
    """Raise InvalidError for a window or a suppression that cannot be."""
    if not 0 <= details.window_previous <= LONGEST:
        raise InvalidError("window_previous", f"is a number of days from 0 to {LONGEST}")
    if not 0 <= details.suppress_below <= MOST_SUPPRESSED:
        raise InvalidError("suppress_below", f"is a number from 0 to {MOST_SUPPRESSED}")


def check_times(details: CollectorDetails) -> None:
    """Raise InvalidError unless there is a run, and each has begun at all schools before the next, or the day's end."""
    morning, afternoon, spread = details.morning, details.afternoon, details.spread_minutes
    if morning is None and afternoon is None:
        raise InvalidError("morning", "there is no run at all: say when it is sent")
    if not 0 <= spread <= LONGEST_SPREAD:
        raise InvalidError("spread_minutes", f"is a number of minutes from 0 to {LONGEST_SPREAD}")
    if morning and afternoon and morning >= afternoon:
        raise InvalidError("afternoon", "is later than the run after the morning")
    if morning and afternoon and _minutes(morning) + spread >= _minutes(afternoon):
        raise InvalidError("spread_minutes", "is longer than the time between the two runs")
    last = afternoon or morning
    if last and _minutes(last) + spread >= 24 * 60:
        raise InvalidError("spread_minutes", "would reach into the next day")


def _minutes(at: time) -> float:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) / timedelta(minutes=1)
