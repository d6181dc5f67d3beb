"""Pupils from a common transfer file."""

from datetime import datetime
from typing import BinaryIO, Final

from consentry.audit.actor import Actor
from consentry.imports.applying.apply_file import Format, apply_file, size_of
from consentry.imports.applying.batch import Batch
from consentry.imports.applying.outcome import Imported, Progress
from consentry.imports.ctf.read import read_ctf
from consentry.imports.ctf.rows import CtfHeader
from consentry.imports.ctf.sheets import SHEETS
from consentry.imports.ctf.stage import PupilStager
from consentry.schools.models import Site


def import_ctf(site: Site, stream: BinaryIO, *, by: Actor, at: datetime, progress: Progress | None = None) -> Imported:
    """The pupils of `stream` (CTF 24.0 or 25.0) are among the school's records, with all that belongs to them.

    A pupil is known by its number, also by a former one. What is new is added, what differs is changed, nothing is
    taken away. Raises RefusedFileError when anything in the file is wrong, or it is of another school; then nothing is
    changed.
    """
    return apply_file(_FORMAT, site, stream, by=by, at=at, progress=progress)


def _read(stream: BinaryIO, batch: Batch) -> None:
    size = size_of(stream)
    for row in read_ctf(stream, on=batch.on, problems=batch.problems):
        if isinstance(row, CtfHeader):  # the first of the rows
            stager = PupilStager(batch, row)
            continue
        stager.add(row)
        batch.read_so_far(stream.tell(), size)
    batch.read_so_far(size, size)


_FORMAT: Final = Format("ctf", SHEETS, _read)
