"""Rows on their way into temporary tables, which vanish with the transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from consentry.imports.applying.sheet import Sheet

Row = tuple[Any, ...]

ROWS_AT_ONCE = 20_000  # what waits in memory for one COPY


class Staging:
    """The temporary tables of one import; rows are sent when enough have come together, so memory stays steady."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self.total = dict.fromkeys(sheets, 0)
        self._waiting: dict[Sheet, list[Row]] = {sheet: [] for sheet in self.total}
        with connection.cursor() as cursor:
            for sheet in self.total:
                columns = ", ".join(sheet.columns)
                cursor.execute(
                    f"create temp table {sheet.staged} on commit drop as "  # noqa: S608 - names of our models
                    f"select {columns} from {sheet.table} with no data"
                )

    def add(self, sheet: Sheet, row: Row) -> None:
        """Take a row, in the order of the sheet's columns."""
        waiting = self._waiting[sheet]
        waiting.append(row)
        if len(waiting) >= ROWS_AT_ONCE:
            self._send(sheet)

    def finish(self) -> None:
        """Send what still waits, and let the database count what it has got."""
        with connection.cursor() as cursor:
            for sheet in self.total:
                self._send(sheet)
                cursor.execute(f"analyze {sheet.staged}")

    def _send(self, sheet: Sheet) -> None:
        rows = self._waiting[sheet]
        if not rows:
            return
        columns = ", ".join(sheet.columns)
        with connection.cursor() as cursor, cursor.copy(f"copy {sheet.staged} ({columns}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        self.total[sheet] += len(rows)
        rows.clear()
