"""Opens a zip of unknown origin: its directory is judged before anything is unpacked.

Refused are zip bombs (by ratio, by size, by count, by entries that overlap), links, folders, encryption and names
that are not plain CSV files, which keeps nested archives out as well.
"""

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO, Final

from consentry.imports.limits import ZIP_BYTES, ZIP_ENTRIES, ZIP_RATIO
from consentry.imports.problems import Problem, Reason, StopReadingError

Entries = dict[str, tuple[zipfile.ZipFile, zipfile.ZipInfo]]

# What zipfile raises on a damaged or unusual file, as it was met in fuzzing
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, struct.error, ValueError, OSError)

_NAME: Final = re.compile(r"[A-Za-z]{1,40}\.csv", re.ASCII)
_END: Final = struct.Struct("<4s4H2LH")  # end of central directory: its size in bytes is the sixth value
_END_MARK: Final = b"PK\x05\x06"
_LOCATOR_MARK: Final = b"PK\x06\x07"
_LOCATOR_SIZE: Final = 20
_LONGEST_COMMENT: Final = 65_535
_ENTRY_BYTES: Final = 512  # generous for one line of the directory
_ENCRYPTED: Final = 0x1
_SMALL: Final = 64 * 1024  # bytes: below this a high ratio does no harm


def open_archive(stream: BinaryIO) -> Entries:
    """The CSV files of the zip by their names without ".csv"; raises StopReadingError for a zip that is not safe."""
    _bound_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN:
        raise StopReadingError(Problem(0, "", Reason.ZIP_BROKEN)) from None
    entries = archive.infolist()
    if len(entries) > ZIP_ENTRIES:
        raise StopReadingError(Problem(0, "", Reason.ZIP_TOO_MANY))
    for entry in entries:
        if reason := _refusal(entry):
            raise StopReadingError(Problem(0, "", reason, entry.filename))
    _bound_contents(entries)
    found = {entry.filename.removesuffix(".csv"): (archive, entry) for entry in entries}
    if len(found) < len(entries):
        raise StopReadingError(Problem(0, "", Reason.DUPLICATE))
    return found


def open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> io.BufferedReader:
    """The unpacked bytes of one entry; never more than the directory announced."""
    return io.BufferedReader(archive.open(entry))  # type: ignore[arg-type]  # ZipExtFile is raw enough: it has readinto


def _bound_directory(stream: BinaryIO) -> None:
    """Refuse a directory too long to be read into memory, and the 64-bit form, which such files never need."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _END.size - _LONGEST_COMMENT - _LOCATOR_SIZE))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(_END_MARK)
    if at < 0 or at + _END.size > len(tail):
        raise StopReadingError(Problem(0, "", Reason.ZIP_BROKEN))
    directory_bytes = _END.unpack_from(tail, at)[5]
    wide = tail[max(0, at - _LOCATOR_SIZE) : at].startswith(_LOCATOR_MARK)
    if wide or directory_bytes > ZIP_ENTRIES * _ENTRY_BYTES:
        raise StopReadingError(Problem(0, "", Reason.ZIP_TOO_MANY))


def _refusal(entry: zipfile.ZipInfo) -> Reason | None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return Reason.ZIP_LINK
    if _NAME.fullmatch(entry.filename) is None:
        return Reason.ZIP_NAME
    if entry.flag_bits & _ENCRYPTED:
        return Reason.ZIP_ENCRYPTED
    return Reason.ZIP_TOO_LARGE if _is_bomb(entry.file_size, entry.compress_size) else None


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > ZIP_BYTES or unpacked > max(_SMALL, packed * ZIP_RATIO)


def _bound_contents(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that together are too large, or that share packed bytes."""
    if _is_bomb(sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)):
        raise StopReadingError(Problem(0, "", Reason.ZIP_TOO_LARGE))
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise StopReadingError(Problem(0, "", Reason.ZIP_BROKEN, entry.filename))
        end = entry.header_offset + entry.compress_size
