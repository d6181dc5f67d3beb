"""From a day on, to the end of another or without end."""

from dataclasses import dataclass
from datetime import date, timedelta

from consentry.rules.invalid import InvalidError

LONGEST = timedelta(days=100 * 366)
"""No role or permission ends, or begins, further away: what does is a slip of the keyboard."""


@dataclass(frozen=True)
class Period:
    """The days from `starts_on` to `ends_on`, both included; without end where that is None."""

    starts_on: date
    ends_on: date | None = None

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        begins_in_time = other.ends_on is None or self.starts_on <= other.ends_on
        return begins_in_time and (self.ends_on is None or other.starts_on <= self.ends_on)


def check_period(period: Period, *, today: date) -> None:
    """Raise InvalidError, at the field, for a period that begins before today, or ends before it begins."""
    if period.starts_on < today:
        raise InvalidError("starts_on", "the start cannot be before today")
    if period.starts_on > today + LONGEST:
        raise InvalidError("starts_on", "the start is too far away")
    if period.ends_on is not None and period.ends_on < period.starts_on:
        raise InvalidError("ends_on", "the end cannot be before the start")
    if period.ends_on is not None and period.ends_on > today + LONGEST:
        raise InvalidError("ends_on", "the end is too far away")
