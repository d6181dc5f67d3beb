"""A table as XLSX whose texts are texts: nothing in it is a formula, whatever it begins with."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell as OpenpyxlCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from consentry.web.downloads.table import Cell

_LONGEST = 32_767
"""Characters in a cell (Excel specifications and limits)."""


def xlsx_file(table: Iterable[tuple[Cell, ...]]) -> bytes:
    """The file, one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Partner apps")
    for line in table:
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
