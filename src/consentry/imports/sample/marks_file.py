"""The attendance of an invented school: spells of absence, lateness and appointments at plausible rates.

Each week is drawn from a random source of its own, so a day's marks are the same in whatever file they stand.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from consentry.imports.sample.calendar import school_days
from consentry.imports.sample.people import SamplePupil

# Codes that both sets of regulations know, with rough weights of what keeps pupils away for days
_REASONS: Final = {"I": 62, "N": 8, "O": 12, "G": 7, "C": 3, "M": 3, "V": 3, "E": 1, "B": 1}
_REASON_CODES: Final = tuple(_REASONS)
_REASON_WEIGHTS: Final = tuple(_REASONS.values())
_DAYS_AWAY: Final = 2.0  # mean length of a spell, in days
_LATE: Final = 0.022
_LATE_AFTER_CLOSED: Final = 0.024
_APPOINTMENT: Final = 0.030

Day = tuple[str, str, str]  # code of the morning, code of the afternoon, minutes late in the morning
_PRESENT: Final[Day] = ("/", "\\", "")
_ELSEWHERE: Final[Day] = ("D", "D", "")


def write_marks(seed: int, pupils: tuple[SamplePupil, ...], start: date, end: date) -> bytes:
    """The CSV of all marks from `start` to `end`, day by day, morning before afternoon."""
    lines = ["upn,date,session,code,minutes_late"]
    for day, marks in days_of_marks(seed, pupils, start, end):
        here = [(pupil, marked) for pupil, marked in zip(pupils, marks, strict=True) if pupil.is_here(day)]
        lines += [f"{pupil.upn},{day},AM,{morning},{minutes}" for pupil, (morning, _, minutes) in here]
        lines += [f"{pupil.upn},{day},PM,{afternoon}," for pupil, (_, afternoon, _) in here]
    lines.append("")
    return "\n".join(lines).encode()


def days_of_marks(
    seed: int, pupils: tuple[SamplePupil, ...], start: date, end: date
) -> Iterator[tuple[date, list[Day]]]:
    """Each school day from `start` to `end` with a mark for every pupil, in the order of `pupils`."""
    monday = start - timedelta(days=start.weekday())
    while monday <= end:
        random = Random(f"{seed}/{monday}")  # noqa: S311 -- invented marks, not secrets
        away: dict[int, str] = {}
        for day in school_days(monday, monday + timedelta(days=4)):
            drawn = [_day(random, pupil, away) for pupil in pupils]
            there = {pupil.number for pupil in pupils if day.weekday() in pupil.elsewhere}
            marks = [_ELSEWHERE if pupil.number in there else one for pupil, one in zip(pupils, drawn, strict=True)]
            if start <= day <= end:
                yield day, marks
        monday += timedelta(days=7)


def _day(random: Random, pupil: SamplePupil, away: dict[int, str]) -> Day:
    """One pupil's day; `away` holds who is in a spell of absence, and why."""
    code = away.get(pupil.number)
    if code is None:
        drawn = random.random()
        if drawn >= pupil.absence / _DAYS_AWAY + _APPOINTMENT:
            return _PRESENT
        if drawn >= pupil.absence / _DAYS_AWAY:
            return _disturbed(drawn - pupil.absence / _DAYS_AWAY, random)
        code = random.choices(_REASON_CODES, _REASON_WEIGHTS)[0]
        away[pupil.number] = code
    if random.random() < 1 / _DAYS_AWAY:
        del away[pupil.number]
    return code, code, ""


def _disturbed(drawn: float, random: Random) -> Day:
    """A day of a pupil who comes, but late, or goes to an appointment."""
    if drawn < _LATE:
        return "L", "\\", str(random.randint(1, 25))
    if drawn < _LATE_AFTER_CLOSED:
        return "U", "\\", str(random.randint(31, 120))
    return ("M", "\\", "") if random.random() < 0.5 else ("/", "M", "")  # noqa: PLR2004 -- as often before noon as after
