"""Collectors: who asks schools for attendance, on what ground, in what state, and when they come to ask for more."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from consentry.rules.payload_forms import Form, Format, Granularity
from consentry.rules.sending_window import Window, WindowUnit


class CollectorStatus(StrEnum):
    """Whether anything is sent. What is discontinued stays so: its history is kept, nobody can consent to it again."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DISCONTINUED = "discontinued"

    @property
    def label(self) -> str:
        """As pages say it."""
        return self.value.title()


class LegalBasis(StrEnum):
    """Why a school's data may be sent: it consents, or the law obliges it and there is nothing to consent to."""

    CONSENT = "consent"
    DUTY = "duty"

    @property
    def label(self) -> str:
        """As pages say it."""
        return {LegalBasis.CONSENT: "The school’s consent", LegalBasis.DUTY: "A duty of the school by law"}[self]


MOVES: Final = {
    CollectorStatus.ACTIVE: frozenset({CollectorStatus.SUSPENDED, CollectorStatus.DISCONTINUED}),
    CollectorStatus.SUSPENDED: frozenset({CollectorStatus.ACTIVE, CollectorStatus.DISCONTINUED}),
    CollectorStatus.DISCONTINUED: frozenset[CollectorStatus](),
}
"""From each status to those that the operator can set."""


MOST_SUPPRESSED: Final = 20
"""Numbers below this are the largest that a collector can have hidden."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a collector asks for and who receives it: what a school consents to, numbered as a version."""

    recipient: str
    granularity: Granularity
    format: Format
    window: Window
    suppress_below: int
    purpose: str = ""

    @property
    def form(self) -> Form:
        """How the document is told."""
        return Form(self.granularity, self.format, self.suppress_below)

    def told(self) -> tuple[str, ...]:
        """It in words, for pages and for the record of a change."""
        hidden = f"Numbers from 1 to {self.suppress_below - 1} are hidden" if self.suppress_below > 1 else ""
        words = (
            f"It goes to {self.recipient}",
            f"What for: {self.purpose}" if self.purpose else "",
            f"Counts: {self.granularity.label}",
            f"Days: {self.window}",
            hidden or "Small numbers are told as all others",
            f"Written as {self.format.value.upper()}",
        )
        return tuple(each for each in words if each)


_DAYS: Final = {WindowUnit.CALENDAR: 1, WindowUnit.WEEKDAY: 2, WindowUnit.WORKING: 3, WindowUnit.SCHOOL: 4}
"""The units by how far so many days reach back."""


def widened(before: Scope, after: Scope) -> tuple[str, ...]:
    """In which ways the second asks for more than the first, in words; none where a consent to the first covers it.

    Consent is to a recipient, a purpose and data: another recipient and another purpose ask anew (UK GDPR, articles
    4(11) and 6(1)(a)).
    """
    return tuple(_more(before, after))


def _more(before: Scope, after: Scope) -> Iterator[str]:
    if before.recipient != after.recipient:
        yield f"it goes to {after.recipient} instead of {before.recipient}"
    if before.purpose != after.purpose:
        yield f"it is used for another purpose: {after.purpose}"
    if before.granularity is Granularity.MARGINALS and after.granularity is Granularity.CROSSTAB:
        yield "it counts each attendance code within each year group instead of their totals"
    if _reach(after.window) > _reach(before.window) or after.window.previous > before.window.previous:
        yield f"it is about {after.window} instead of {before.window}"
    if after.suppress_below < before.suppress_below:
        yield "numbers are told that were too small to be told"


def _reach(window: Window) -> tuple[int, int]:
    return (_DAYS[window.unit], window.previous)
