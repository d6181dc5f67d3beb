"""A school's term dates from a CSV file."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.utils import timezone

from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.imports.applying.outcome import RefusedFileError
from consentry.imports.problems import REASON_OF, Problems, Reason
from consentry.imports.term_dates.read import CalendarRow, read_term_dates
from consentry.people.party import Party, actor_of, check_party
from consentry.rules.calendar_faults import clashes
from consentry.rules.pages import Page
from consentry.rules.school_calendar import CalendarEntry
from consentry.schools.keeping_calendar import MOST, fill, locked_calendar, said
from consentry.schools.models import CalendarDays, Site
from consentry.schools.queries import school_id

_Days = tuple[object, ...]


@dataclass(frozen=True)
class TermDates:
    """How many entries the file has added, and how many stood in the calendar already."""

    added: int
    already: int


def import_term_dates(site: Site, stream: BinaryIO, *, by: Party, at: datetime) -> TermDates:
    """All that `stream` (`kind,first_day,last_day,session,name`) says stands in the calendar; nothing is taken away.

    Raises NotPermittedError, InvalidError at a trust's site, and RefusedFileError when anything in the file is wrong,
    by itself or beside what stands in the calendar; then nothing is changed.
    """
    problems = Problems()
    rows = read_term_dates(stream, problems)
    added: list[CalendarEntry] = []
    try:
        with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
            there = [each.facts() for each in locked_calendar(this)]
            check_party(by, site, Page.CALENDAR, timezone.localdate(at))
            known = {_days(each) for each in there}
            new = [row for row in rows if _days(row.entry) not in known]
            _check_beside(there, new, problems)
            if problems:
                problems.kept.sort(key=lambda problem: problem.line)
                raise RefusedFileError(problems)
            added = [row.entry for row in new]
            if added:
                _write(this, added)
                told = [said(each) for each in added]
                this.record(EventName.CALENDAR_IMPORTED, site, added=len(added), entries=told)
    except ChangeWithoutEventError:
        pass
    return TermDates(len(added), len(rows) - len(added))


def _days(entry: CalendarEntry) -> _Days:
    return entry.kind, entry.first_day, entry.last_day, entry.session


def _check_beside(there: list[CalendarEntry], new: list[CalendarRow], problems: Problems) -> None:
    """Note, at its line, what cannot stand beside the rest of the file and of the calendar."""
    entries = [*there, *(row.entry for row in new)]
    if new and len(entries) > MOST:
        problems.note(new[-1].line, "", Reason.TOO_MANY_ENTRIES)
        return
    for clash in clashes(entries):
        beside = "" if clash.beside is None else said(entries[clash.beside])
        problems.note(new[clash.which - len(there)].line, "first_day", REASON_OF[clash.fault], beside)


def _write(this: Change, entries: list[CalendarEntry]) -> None:
    rows = [CalendarDays(school_id=this.school) for _ in entries]
    for row, entry in zip(rows, entries, strict=True):
        fill(row, entry)
    CalendarDays.objects.bulk_create(rows)
