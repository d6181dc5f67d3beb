"""Change an entry of a school's calendar."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.people.party import Party, actor_of, check_party
from consentry.rules.pages import Page
from consentry.rules.school_calendar import CalendarEntry
from consentry.schools.keeping_calendar import checked, days_said, locked_calendar, one_as_seen, told, write
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def change_calendar_entry(
    site: Site, number: int, entry: CalendarEntry, *, seen: str, by: Party, at: datetime
) -> CalendarEntry:
    """The entry of this number says this from now on; handed back as it is kept. Nothing happens where it does already.

    `seen` is the digest of what the person had before them. Raises NotPermittedError, MovedMeanwhileError where
    somebody else changed or removed it since (and for what is another school's), and InvalidError as for a new entry.
    """
    try:
        with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
            there = locked_calendar(this)
            check_party(by, site, Page.CALENDAR, timezone.localdate(at))
            row = one_as_seen(there, number, seen)
            before = row.facts()
            after = checked(entry, [each for each in there if each.id != number])
            if after != before:
                write(row, after)
                was = {"was_kind": before.kind.value, "was_days": days_said(before), "was_called": before.name}
                this.record(EventName.CALENDAR_ENTRY_CHANGED, row, **told(after), **was)
    except ChangeWithoutEventError:
        pass
    return after
