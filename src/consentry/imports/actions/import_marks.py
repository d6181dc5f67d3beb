"""Attendance marks from a CSV file."""

from datetime import datetime
from typing import BinaryIO, Final

from consentry.audit.actor import Actor
from consentry.imports.applying.apply_file import Format, apply_file, size_of
from consentry.imports.applying.batch import Batch
from consentry.imports.applying.outcome import Imported, Progress
from consentry.imports.marks.read import read_marks
from consentry.imports.marks.stage import MARKS, MARKS_WITHOUT_MINUTES, MarkStager
from consentry.schools.models import Site

_ROWS_BETWEEN_NEWS: Final = 5_000
_SOURCE: Final = "Marks file"


def import_marks(
    site: Site, stream: BinaryIO, *, by: Actor, at: datetime, progress: Progress | None = None
) -> Imported:
    """The marks of `stream` (`upn,date,session,code[,minutes_late]`) are in the school's registers.

    New marks are added, different ones changed, none taken away. Raises RefusedFileError when anything in the file is
    wrong, also a pupil who is not of this school or not on roll on the day; then nothing is changed.
    """
    sheet = MARKS if b"minutes_late" in stream.readline(200).lower() else MARKS_WITHOUT_MINUTES
    stream.seek(0)

    def read(stream: BinaryIO, batch: Batch) -> None:
        stager, pupils, size = MarkStager(batch, sheet, _SOURCE), batch.pupils, size_of(stream)
        for count, row in enumerate(read_marks(stream, on=batch.on, problems=batch.problems)):
            stager.add(row, pupils.get(row.upn))
            if count % _ROWS_BETWEEN_NEWS == 0:
                batch.read_so_far(stream.tell(), size)
        batch.read_so_far(size, size)

    return apply_file(Format("marks", [sheet], read), site, stream, by=by, at=at, progress=progress)
