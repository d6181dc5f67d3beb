"""The parts of the kingdom, each with attendance codes, bank holidays and collectors of its own."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final


class Jurisdiction(StrEnum):
    """Where a school's law is made. The value is stored and said to programs."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"

    @property
    def label(self) -> str:
        """Its name, as pages say it."""
        return self.value.replace("-", " ").title()


_SUBDIVISIONS: Final = {
    Jurisdiction.ENGLAND: "ENG",
    Jurisdiction.WALES: "WLS",
    Jurisdiction.SCOTLAND: "SCT",
    Jurisdiction.NORTHERN_IRELAND: "NIR",
}
_SATURDAY: Final = 5


def is_weekday(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < _SATURDAY


def bank_holiday(day: date, jurisdiction: Jurisdiction) -> str | None:
    """What is celebrated on a bank holiday there, those proclaimed once among them; None for other days."""
    name = _holidays(jurisdiction, day.year).get(day)
    return None if name is None else str(name)


def is_working_day(day: date, jurisdiction: Jurisdiction) -> bool:
    """Monday to Friday and no bank holiday there."""
    return is_weekday(day) and bank_holiday(day, jurisdiction) is None


def working_day_before(day: date, jurisdiction: Jurisdiction) -> date:
    """The last working day there before this day."""
    before = day - timedelta(days=1)
    return before if is_working_day(before, jurisdiction) else working_day_before(before, jurisdiction)


@cache
def _holidays(jurisdiction: Jurisdiction, year: int) -> Mapping[date, str]:
    """Those of one year, whole before anybody asks: what grows as it is asked is half filled to other threads."""
    from holidays import country_holidays  # 60 ms that most commands never need

    return country_holidays("GB", subdiv=_SUBDIVISIONS[jurisdiction], years=year, expand=False)
