"""When returns are sent: twice a working day, each school at its own minute, safe against changes of the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from consentry.rules.jurisdictions import Jurisdiction, is_working_day

KINGDOM: Final = ZoneInfo("Europe/London")
_SPREAD: Final = 2_654_435_761  # Knuth's multiplier: neighbouring numbers land far from each other
_RANGE: Final = 2**32


class Run(StrEnum):
    """Which sending of a day it is."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    BY_HAND = "by-hand"

    @property
    def label(self) -> str:
        """As pages say it."""
        return {Run.MORNING: "After the morning", Run.AFTERNOON: "After the afternoon", Run.BY_HAND: "By hand"}[self]


@dataclass(frozen=True, slots=True)
class Schedule:
    """The times of day, in the kingdom's time, from which schools' returns are sent, and how long that may take.

    None: there is no such run.
    """

    morning: time | None = time(12, 0)
    afternoon: time | None = time(16, 0)
    spread: timedelta = timedelta(minutes=60)

    def due(self, school: int, jurisdiction: Jurisdiction, now: datetime) -> tuple[Run, date] | None:
        """The newest run of today whose time has come for this school; None before the first and on days off.

        What nobody ran in time is made up for on the same day: the newest run tells all that an older one would have.
        """
        today = now.astimezone(KINGDOM).date()
        if not is_working_day(today, jurisdiction):
            return None
        for run, at in ((Run.AFTERNOON, self.afternoon), (Run.MORNING, self.morning)):
            if at is not None and self._moment(today, at, school) <= now:
                return run, today
        return None

    def last_of(self, day: date, school: int) -> datetime | None:
        """When the last run of a day begins for this school."""
        at = self.afternoon or self.morning
        return None if at is None else self._moment(day, at, school)

    def _moment(self, day: date, at: time, school: int) -> datetime:
        """The moment as all clocks know it; the hour that is there twice counts the first time (PEP 495, fold 0)."""
        begins = datetime.combine(day, at, tzinfo=KINGDOM).astimezone(UTC)
        return begins + self.spread * (school * _SPREAD % _RANGE) / _RANGE
