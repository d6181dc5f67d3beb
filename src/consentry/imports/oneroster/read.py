"""Reads a OneRoster 1.2 bulk zip: manifest first, then table after table, each line judged and each reference found.

Text that looks like a formula is text and stays as it is; it is made harmless where a spreadsheet is written.
"""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from consentry.imports.cells import Cells
from consentry.imports.csv_rows import csv_rows
from consentry.imports.oneroster.archive import BROKEN, Entries, open_archive, open_entry
from consentry.imports.oneroster.records import RECORD_OF
from consentry.imports.oneroster.references import References
from consentry.imports.oneroster.rows import OneRosterRow
from consentry.imports.oneroster.tables import COLUMNS, IGNORED, MANIFEST, MANIFEST_COLUMNS, REQUIRED
from consentry.imports.problems import Problem, Problems, Reason, StopReadingError

_VERSIONS: Final = {"manifest.version": "1.0", "oneroster.version": "1.2"}
_METADATA: Final = "metadata."
_FILE: Final = "file."


def read_oneroster(stream: BinaryIO, *, problems: Problems) -> Iterator[OneRosterRow]:
    """The rows of the zip, in the order of tables.COLUMNS; what is wrong is noted in `problems`.

    `stream` must be seekable. Rows come while later ones may still be bad, so the caller stages them and applies
    nothing if `problems` is true at the end. References are good where `problems` is false.
    """
    try:
        entries = open_archive(stream)
        tables = _announced(entries, problems)
        references = References(problems)
        for table in tables:
            yield from _table(table, entries[table], references, problems)
    except StopReadingError as stop:
        problems.keep(stop.problem)


def _announced(entries: Entries, problems: Problems) -> list[str]:
    """The tables that the manifest announces and the zip holds, in the order of reading."""
    says = _manifest(entries, problems)
    modes = {name.removeprefix(_FILE): mode for name, mode in says.items() if name.startswith(_FILE)}
    for table, mode in modes.items():
        if table not in COLUMNS and table not in IGNORED:
            problems.note(0, table, Reason.UNKNOWN_VALUE, table, "manifest.csv")
        elif mode == "delta":
            problems.note(0, table, Reason.DELTA, mode, "manifest.csv")
        elif mode not in ("absent", "bulk"):
            problems.note(0, table, Reason.UNKNOWN_VALUE, mode, "manifest.csv")
    held = entries.keys() - {MANIFEST}
    announced = {table for table, mode in modes.items() if mode == "bulk"}
    for table in sorted((announced | REQUIRED) - held):
        problems.note(0, "", Reason.FILE_ABSENT, "", f"{table}.csv")
    for table in sorted(held - announced):
        problems.note(0, "", Reason.FILE_UNEXPECTED, "", f"{table}.csv")
    return [] if problems else [table for table in COLUMNS if table in held & announced]


def _manifest(entries: Entries, problems: Problems) -> dict[str, str]:
    if MANIFEST not in entries:
        raise StopReadingError(Problem(0, "", Reason.FILE_ABSENT, "", "manifest.csv"))
    lines = _lines(MANIFEST, entries[MANIFEST], MANIFEST_COLUMNS, problems)
    says = {cells[0].strip(): cells[1].strip() for _, cells in lines}
    for name, version in _VERSIONS.items():
        if says.get(name) != version:
            raise StopReadingError(Problem(0, name, Reason.VERSION, says.get(name, ""), "manifest.csv"))
    return says


def _table(
    table: str, entry: tuple[zipfile.ZipFile, zipfile.ZipInfo], references: References, problems: Problems
) -> Iterator[OneRosterRow]:
    columns, part, record = COLUMNS[table], f"{table}.csv", RECORD_OF[table]
    for line, cells in _lines(table, entry, columns, problems):
        said = Cells(line, dict(zip(columns, cells, strict=False)), problems, part)
        for empty in ("status", "dateLastModified"):
            if said.raw(empty):
                said.note(empty, Reason.MUST_BE_EMPTY, said.raw(empty))
        row = record(said)
        references.meet(table, said, row.sourced_id)
        yield row
    references.close(table)


def _lines(
    table: str, entry: tuple[zipfile.ZipFile, zipfile.ZipInfo], columns: tuple[str, ...], problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    """The lines of one table that are as wide as its header, which must name the columns in order."""
    part = f"{table}.csv"
    try:
        with open_entry(*entry) as stream:
            records = csv_rows(stream)
            line, header = next(records, (1, []))
            _check_header(header, columns, line, part)
            for where, cells in records:
                if len(cells) == len(header):
                    yield where, cells
                else:
                    problems.note(where, "", Reason.COLUMNS, str(len(cells)), part)
    except StopReadingError as stop:
        found = stop.problem
        raise StopReadingError(Problem(found.line, found.field, found.reason, found.value, part)) from None
    except BROKEN:
        raise StopReadingError(Problem(0, "", Reason.ZIP_BROKEN, "", part)) from None


def _check_header(header: list[str], columns: tuple[str, ...], line: int, part: str) -> None:
    if not header:
        raise StopReadingError(Problem(1, "", Reason.EMPTY_FILE, "", part))
    more = header[len(columns) :]
    if tuple(header[: len(columns)]) != columns or not all(name.startswith(_METADATA) for name in more):
        raise StopReadingError(Problem(line, "", Reason.HEADER, ",".join(header), part))
