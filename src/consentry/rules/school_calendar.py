"""When a school is open: its terms without half terms and closures, and bank holidays, which are only a default.

Source: Education (School Day and School Year) (England) Regulations 1999, SI 1999/3181, regulation 3: two sessions a
day. Terms are the school's own to say, closures too, of a whole day or of one session.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from consentry.rules.attendance_codes import Session
from consentry.rules.jurisdictions import Jurisdiction, is_working_day

BOTH: Final = frozenset(Session)
NONE: Final = frozenset[Session]()
_AUGUST: Final = 8


class EntryKind(StrEnum):
    """What an entry of the calendar says of its days."""

    TERM = "term"
    HALF_TERM = "half-term"
    CLOSURE = "closure"
    OPEN = "open"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _LABELS[self]


_LABELS: Final = {
    EntryKind.TERM: "Term",
    EntryKind.HALF_TERM: "Half term",
    EntryKind.CLOSURE: "Closure",
    EntryKind.OPEN: "Open although a bank holiday or weekend",
}


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Days from the first to the last, both counted. `session` is the only one that is meant, None for both."""

    kind: EntryKind
    first_day: date
    last_day: date
    session: Session | None = None
    name: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day is one of its days."""
        return self.first_day <= day <= self.last_day

    @property
    def sessions(self) -> frozenset[Session]:
        """The sessions of a day that it speaks of."""
        return BOTH if self.session is None else frozenset({self.session})


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """A school's calendar: where it is, and all that it has entered."""

    jurisdiction: Jurisdiction
    entries: tuple[CalendarEntry, ...] = ()

    def open_sessions(self, day: date) -> frozenset[Session]:
        """The sessions that are held on the day.

        In a school year for which no term was entered every working day counts as one of a term. A closure goes before
        everything else, an opening before holidays and weekends.
        """
        closed = self._sessions(day, EntryKind.CLOSURE)
        if self.in_half_term(day) or not self.in_term(day) or not self._works(day):
            return self._sessions(day, EntryKind.OPEN) - closed
        return BOTH - closed

    def is_open(self, day: date) -> bool:
        """Whether at least one session is held."""
        return bool(self.open_sessions(day))

    def has_terms(self, day: date) -> bool:
        """Whether terms were entered for the school year of the day."""
        first, last = school_year(day)
        return any(each.last_day >= first and each.first_day <= last for each in self._of(EntryKind.TERM))

    def in_term(self, day: date) -> bool:
        """Whether the day is one of a term, half terms included; every day is where no term was entered."""
        return bool(self._sessions(day, EntryKind.TERM)) or not self.has_terms(day)

    def in_half_term(self, day: date) -> bool:
        """Whether the day is one of a half term."""
        return bool(self._sessions(day, EntryKind.HALF_TERM))

    def closed_for(self, day: date) -> str:
        """What the school says of a day on which it closes, "" where it says nothing."""
        said = (each.name for each in self._of(EntryKind.CLOSURE, EntryKind.HALF_TERM) if each.covers(day))
        return next((name for name in said if name), "")

    def _works(self, day: date) -> bool:
        return is_working_day(day, self.jurisdiction)

    def _sessions(self, day: date, kind: EntryKind) -> frozenset[Session]:
        return NONE.union(*(each.sessions for each in self._of(kind) if each.covers(day)))

    def _of(self, *kinds: EntryKind) -> Iterator[CalendarEntry]:
        return (each for each in self.entries if each.kind in kinds)


def school_year(day: date) -> tuple[date, date]:
    """The first and the last day of the school year in which the day lies: from 1 August to 31 July."""
    begins = day.year if day.month >= _AUGUST else day.year - 1
    first = date(begins, _AUGUST, 1)
    return first, date(begins + 1, _AUGUST, 1) - timedelta(days=1)
