"""Dates as files write them: real days in the form 2024-09-03, within sense for what they date."""

import re
from datetime import date
from enum import Enum
from typing import Final

_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
EARLIEST_RECORD: Final = date(1900, 1, 1)
OLDEST_PUPIL: Final = 25  # years: sixth forms and special schools end well before


class DateFault(Enum):
    """Why a text is not a usable date."""

    FORM = "form"
    NOT_REAL = "not_real"
    TOO_EARLY = "too_early"
    IN_FUTURE = "in_future"


def day(text: str) -> date | DateFault:
    """The day that `text` names, in the form YYYY-MM-DD and no other."""
    if _FORM.fullmatch(text) is None:
        return DateFault.FORM
    try:
        return date.fromisoformat(text)
    except ValueError:
        return DateFault.NOT_REAL


def day_between(text: str, earliest: date, latest: date) -> date | DateFault:
    """The day that `text` names, refused when before `earliest` or after `latest`."""
    found = day(text)
    if isinstance(found, DateFault):
        return found
    if found < earliest:
        return DateFault.TOO_EARLY
    return found if found <= latest else DateFault.IN_FUTURE


def birth_day(text: str, *, on: date) -> date | DateFault:
    """The birthday of a pupil known `on` a day: not in the future, not more than OLDEST_PUPIL years before."""
    return day_between(text, date(on.year - OLDEST_PUPIL, 1, 1), on)
