"""Remove an entry of a school's calendar."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.party import Party, actor_of, check_party
from consentry.rules.pages import Page
from consentry.rules.school_calendar import CalendarEntry
from consentry.schools.keeping_calendar import check_left, locked_calendar, one_as_seen, told
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def remove_calendar_entry(site: Site, number: int, *, seen: str, by: Party, at: datetime) -> CalendarEntry:
    """The entry of this number no longer stands in the calendar; handed back as it was.

    Raises NotPermittedError, MovedMeanwhileError as for a change, and InvalidError for a term that holds half terms.
    """
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        there = locked_calendar(this)
        check_party(by, site, Page.CALENDAR, timezone.localdate(at))
        row = one_as_seen(there, number, seen)
        check_left([each for each in there if each.id != number])
        entry = row.facts()
        this.record(EventName.CALENDAR_ENTRY_REMOVED, row, **told(entry))
        row.delete()
    return entry
