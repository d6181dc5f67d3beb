"""The school year of the demo's schools: its terms, half terms, an INSET day and an afternoon that was closed."""

from datetime import date

from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.people.actions.add_calendar_entry import add_calendar_entry
from consentry.rules.attendance_codes import Session
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from consentry.schools.queries import site_by_slug

ENTRIES = (
    CalendarEntry(EntryKind.TERM, date(2026, 9, 1), date(2026, 12, 18), name="Autumn term"),
    CalendarEntry(EntryKind.HALF_TERM, date(2026, 10, 26), date(2026, 10, 30), name="Autumn half term"),
    CalendarEntry(EntryKind.TERM, date(2027, 1, 4), date(2027, 3, 26), name="Spring term"),
    CalendarEntry(EntryKind.HALF_TERM, date(2027, 2, 15), date(2027, 2, 19), name="Spring half term"),
    CalendarEntry(EntryKind.TERM, date(2027, 4, 12), date(2027, 7, 21), name="Summer term"),
    CalendarEntry(EntryKind.HALF_TERM, date(2027, 5, 31), date(2027, 6, 4), name="Summer half term"),
    CalendarEntry(EntryKind.CLOSURE, date(2026, 9, 1), date(2026, 9, 1), name="INSET day"),
    CalendarEntry(EntryKind.CLOSURE, date(2026, 11, 13), date(2026, 11, 13), Session.PM, "The heating failed"),
)


def fill_calendar(slug: str) -> None:
    """Enter the school year, as the operator does for a school that asks for it."""
    site = site_by_slug(slug)
    for entry in ENTRIES:
        add_calendar_entry(site, entry, by=OPERATOR, at=timezone.now())


def without_closed(marks: bytes) -> bytes:
    """A file of marks without those of sessions in which the school is closed."""
    closed = tuple(f",{each.first_day},{each.session.value},".encode() for each in ENTRIES if each.session)
    return b"".join(line for line in marks.splitlines(keepends=True) if not any(each in line for each in closed))
