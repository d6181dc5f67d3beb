"""The list of what apps use or ask for as a table of texts and numbers."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from consentry.connections.queries.disclosed_rows import DisclosedRow
from consentry.rules.grants import Action
from consentry.web.sentences import STATES

Cell = str | int

COLUMNS = (
    "App", "Company", "State", "Data type", "Specific field", "Read", "Write", "Update", "Delete",
    "Special category", "Version", "Decided by", "Decided at",
)  # fmt: skip


def table_of(rows: Iterable[DisclosedRow]) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each row; times are in the site's time, as 2026-11-03 14:05."""
    yield COLUMNS
    for row in rows:
        decided = f"{timezone.localtime(row.decided_at):%Y-%m-%d %H:%M}" if row.decided_at else ""
        ticks = (_yes_or_no(action in row.actions) for action in Action)
        yield (
            row.app, row.company, STATES[row.state], row.data_type, row.field, *ticks,
            _yes_or_no(row.special), row.version, row.decided_by, decided,
        )  # fmt: skip


def _yes_or_no(flag: object) -> str:
    return "Yes" if flag else "No"
