"""What all use cases share that change a school's calendar: the lock, the checks, and what is said and recorded."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from consentry.audit.change import Change
from consentry.audit.happening import Detail
from consentry.rules.calendar_faults import EARLIEST, LATEST, CalendarFault, clashes, fault_of
from consentry.rules.invalid import InvalidError
from consentry.rules.school_calendar import CalendarEntry
from consentry.schools.actions.set_life import lock_site
from consentry.schools.models import CalendarDays, SiteKind
from consentry.schools.queries import calendar_days

LONGEST = 100
"""Characters of the name of an entry."""

MOST = 1_000
"""Entries of one school: some fifty years of them."""

_WORDS = {
    CalendarFault.ENDS_BEFORE_START: ("last_day", "the last day cannot be before the first"),
    CalendarFault.TOO_LONG: ("last_day", "this is longer than a school year"),
    CalendarFault.TWO_SCHOOL_YEARS: ("last_day", "a term or half term lies in one school year, which ends on 31 July"),
    CalendarFault.SESSION_OF_WHOLE_DAYS: ("session", "a term or half term is of whole days"),
    CalendarFault.OVERLAPS_TERM: ("first_day", "this overlaps {beside}: two terms have no day in common"),
    CalendarFault.OUTSIDE_TERM: ("first_day", "a half term lies within a term, and no term holds these days"),
    CalendarFault.ENTERED_ALREADY: ("first_day", "exactly this is entered already"),
}
_LEFT_OUT = "{other} would lie outside every term: change or remove it first"


class MovedMeanwhileError(Exception):
    """Somebody else changed the entry since it was shown, or removed it (`now` is None then); nothing was changed."""

    def __init__(self, now: CalendarEntry | None) -> None:
        super().__init__("gone" if now is None else said(now))
        self.now = now


def digest(entry: CalendarEntry) -> str:
    """Stands for exactly this entry: a form sends back what it showed."""
    return sha256(repr(entry).encode()).hexdigest()[:16]


def said(entry: CalendarEntry) -> str:
    """The entry in words: "Autumn term, 1 September 2026 to 18 December 2026"."""
    return f"{entry.name or entry.kind.label}, {days_said(entry)}"


def days_said(entry: CalendarEntry) -> str:
    """Its days in words, with the session where only one is meant: "3 November 2026, PM"."""
    first, last = (f"{day.day} {day:%B} {day.year}" for day in (entry.first_day, entry.last_day))
    session = f", {entry.session.value}" if entry.session else ""
    return f"{first}{session}" if first == last else f"{first} to {last}{session}"


def told(entry: CalendarEntry) -> dict[str, Detail]:
    """What an event tells of the entry."""
    return {
        "kind": entry.kind.value,
        "first_day": entry.first_day.isoformat(),
        "last_day": entry.last_day.isoformat(),
        "session": entry.session.value if entry.session else None,
        "called": entry.name,
    }


def locked_calendar(this: Change) -> list[CalendarDays]:
    """All that stands in the calendar of the open change's site; nobody else changes it until the commit.

    Raises InvalidError at the site of a trust, which has none.
    """
    if lock_site(this).kind == SiteKind.TRUST:
        raise InvalidError("site", "a trust has no calendar")
    return list(calendar_days(this.school))


def one_as_seen(rows: Sequence[CalendarDays], number: int, seen: str) -> CalendarDays:
    """The row of this number. Raises MovedMeanwhileError where it is gone or no longer what the digest stands for."""
    row = next((each for each in rows if each.id == number), None)
    if row is None or digest(row.facts()) != seen:
        raise MovedMeanwhileError(row.facts() if row else None)
    return row


def checked(entry: CalendarEntry, others: Sequence[CalendarDays]) -> CalendarEntry:
    """The entry as it is kept, beside these others. Raises InvalidError, at the field."""
    if len(others) >= MOST:
        raise InvalidError("kind", f"a calendar holds {MOST:,} entries at most: remove old ones first")
    tidy = replace(entry, name=_name(entry.name))
    if fault := fault_of(tidy):
        raise InvalidError(*_words_alone(fault, tidy))
    check_together([*(each.facts() for each in others), tidy])
    return tidy


def check_together(entries: Sequence[CalendarEntry]) -> None:
    """Raise InvalidError where the last of the entries cannot stand beside the others, or leaves another out."""
    for clash in clashes(entries):
        field, words = _WORDS[clash.fault]
        beside = said(entries[clash.beside]) if clash.beside is not None else ""
        if clash.which != len(entries) - 1:
            words = _LEFT_OUT.format(other=said(entries[clash.which]))
        raise InvalidError(field, words.format(beside=beside))


def check_left(others: Sequence[CalendarDays]) -> None:
    """Raise InvalidError where these cannot stand without what is to be removed."""
    entries = [each.facts() for each in others]
    for clash in clashes(entries):
        raise InvalidError("first_day", _LEFT_OUT.format(other=said(entries[clash.which])))


def write(row: CalendarDays, entry: CalendarEntry) -> None:
    """The row says this from now on, in an open change."""
    fill(row, entry)
    row.save()


def fill(row: CalendarDays, entry: CalendarEntry) -> None:
    """The row, not saved yet, says this."""
    row.kind, row.first_day, row.last_day = entry.kind.value, entry.first_day, entry.last_day
    row.session = entry.session.value if entry.session else None
    row.name = entry.name


def _words_alone(fault: CalendarFault, entry: CalendarEntry) -> tuple[str, str]:
    if fault is not CalendarFault.OUT_OF_RANGE:
        return _WORDS[fault]
    field = "last_day" if EARLIEST <= entry.first_day <= LATEST else "first_day"
    return field, "choose a day of the years 2000 to 2099"


def _name(text: str) -> str:
    line = " ".join(text.split())
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in line):
        raise InvalidError("name", "this holds a character that cannot be kept")
    if len(line) > LONGEST:
        raise InvalidError("name", f"this is longer than {LONGEST} characters")
    return line
