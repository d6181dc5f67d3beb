"""What stands in a school's calendar as a file, in the columns that an import takes."""

from collections.abc import Iterable, Iterator

from consentry.imports.term_dates.read import HEADER
from consentry.rules.school_calendar import CalendarEntry
from consentry.web.downloads.table import Cell


def entries_table(entries: Iterable[CalendarEntry]) -> Iterator[tuple[Cell, ...]]:
    """The entries, by their first day."""
    yield HEADER
    for each in entries:
        session = each.session.value if each.session else ""
        yield (each.kind.value, each.first_day.isoformat(), each.last_day.isoformat(), session, each.name)
