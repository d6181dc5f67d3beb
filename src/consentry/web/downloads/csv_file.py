"""A table as CSV that no spreadsheet takes for formulas.

Source of the guard: OWASP, "CSV Injection": cells that begin with = + - @, tab, CR, LF or the full-width forms of the
signs are led by an apostrophe; every cell is quoted, so that no separator within one begins a new cell.
"""

import csv
import io
from collections.abc import Iterable

from consentry.web.downloads.table import Cell

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(table: Iterable[tuple[Cell, ...]]) -> bytes:
    """The file: UTF-8 with a byte order mark (spreadsheets read it right then), lines end with CR LF (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in line] for line in table)
    return text.getvalue().encode("utf-8-sig", "replace")


def guarded(cell: Cell) -> Cell:
    """The cell, led by an apostrophe when a spreadsheet would take it for a formula."""
    begins_formula = isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(_BEGINS_FORMULA)
    return f"'{cell}" if begins_formula else cell
