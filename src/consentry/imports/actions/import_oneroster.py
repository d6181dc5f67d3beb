"""Staff, classes and who is in them from a OneRoster file."""

from datetime import datetime
from typing import BinaryIO, Final

from consentry.audit.actor import Actor
from consentry.imports.applying.apply_file import Format, apply_file
from consentry.imports.applying.batch import Batch
from consentry.imports.applying.outcome import Imported, Progress
from consentry.imports.oneroster.read import read_oneroster
from consentry.imports.oneroster.sheets import SHEETS
from consentry.imports.oneroster.stage import RosterStager
from consentry.schools.models import Site

_ROWS_BETWEEN_NEWS: Final = 500


def import_oneroster(
    site: Site, stream: BinaryIO, *, by: Actor, at: datetime, progress: Progress | None = None
) -> Imported:
    """The staff, courses, classes and forms of `stream` (a OneRoster 1.2 bulk zip) are among the school's records.

    A pupil whose number the school has is that pupil, and stays as other files told; others are added. Nothing is taken
    away. Raises RefusedFileError when anything in the file is wrong, or it is of another school; then nothing is
    changed.
    """
    return apply_file(_FORMAT, site, stream, by=by, at=at, progress=progress)


def _read(stream: BinaryIO, batch: Batch) -> None:
    stager = RosterStager(batch)
    count = 0
    for count, row in enumerate(read_oneroster(stream, problems=batch.problems), start=1):
        stager.add(row)
        if count % _ROWS_BETWEEN_NEWS == 0:
            batch.read_so_far(count)
    if not batch.problems:
        stager.finish()
    batch.read_so_far(count, count)


_FORMAT: Final = Format("oneroster", SHEETS, _read)
