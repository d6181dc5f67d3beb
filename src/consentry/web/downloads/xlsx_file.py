"""A table as XLSX whose texts are texts: nothing in it is a formula, whatever it begins with."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell as OpenpyxlCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from consentry.web.downloads.table import Cell

_LONGEST = 32_767
"""Characters in a cell (Excel specifications and limits)."""

_NARROWEST, _WIDEST = 6, 48
"""Characters that a column shows."""


def xlsx_file(table: Iterable[tuple[Cell, ...]]) -> bytes:
    """The file, one sheet: the first line stays in sight, columns are as wide as their texts, within reason."""
    lines = list(table)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("List")
    sheet.freeze_panes = "A2"  # this and the widths are written before the first row
    for number, column in enumerate(zip(*lines, strict=True), start=1):
        longest = max(len(str(cell)) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest, _NARROWEST), _WIDEST) + 2
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _writable(text: str) -> str:
    """The text without what XML cannot hold (control characters, lone surrogates), as long as a cell may be."""
    kept = text.encode("utf-8", "replace").decode()
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", kept)[:_LONGEST]


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> OpenpyxlCell:
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _writable(value))
    cell.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
    return cell
