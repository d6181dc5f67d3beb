"""Enter a term, a half term, a closure or an opening into a school's calendar."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.party import Party, actor_of, check_party
from consentry.rules.pages import Page
from consentry.rules.school_calendar import CalendarEntry
from consentry.schools.keeping_calendar import checked, locked_calendar, told, write
from consentry.schools.models import CalendarDays, Site
from consentry.schools.queries import school_id


def add_calendar_entry(site: Site, entry: CalendarEntry, *, by: Party, at: datetime) -> CalendarDays:
    """The entry stands in the calendar from now on, its name tidied.

    Raises NotPermittedError, and InvalidError, at the field, for what cannot be: days in the wrong order or of more
    than a school year, a term that overlaps a term, a half term outside every term, an entry that is there already.
    """
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        there = locked_calendar(this)
        check_party(by, site, Page.CALENDAR, timezone.localdate(at))
        row = CalendarDays(school_id=this.school)
        write(row, checked(entry, there))
        this.record(EventName.CALENDAR_ENTRY_ADDED, row, **told(row.facts()))
    return row
