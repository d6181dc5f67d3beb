"""The way of every file: read and judged, compared, written; in one change, with one revision, or not at all.

Nothing is locked that a decision or a read waits for: a turn among the imports of the school first, the records
themselves while they are written, the revision and the chain of events last.
"""

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from consentry.audit.actor import Actor
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.imports.applying.batch import Batch
from consentry.imports.applying.compare import compare
from consentry.imports.applying.outcome import Count, Imported, Progress, RefusedFileError, Step
from consentry.imports.applying.sheet import Sheet
from consentry.imports.applying.write import expected_revision, number, write
from consentry.records.actions.match_former import match_former, note_filled
from consentry.records.writing.turn import take_turn
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site, SiteKind
from consentry.schools.queries import school_id

Counts = dict[Sheet, Count]


@dataclass(frozen=True)
class Format:
    """A kind of file: the sheets it fills, those that others refer to first, and what reads it into a batch."""

    kind: str
    sheets: Sequence[Sheet]
    read: Callable[[BinaryIO, Batch], None]


def apply_file(
    kind: Format, site: Site, stream: BinaryIO, *, by: Actor, at: datetime, progress: Progress | None = None
) -> Imported:
    """Apply the whole of a seekable `stream` to the site's records.

    Raises RefusedFileError with every problem when there is one, InvalidError for the site of a trust; then nothing is
    changed. A second import of the same school waits for the first.
    """
    if site.kind != SiteKind.SCHOOL:
        raise InvalidError("site", f"{site.name} is not a school: files are imported into the sites of schools")
    told = progress or _untold
    digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # any binary stream does
    stream.seek(0)
    with change(actor=by, at=at, school=school_id(site)) as this:
        take_turn(this.school)
        batch = Batch(site, at, kind.sheets, told)
        kind.read(stream, batch)
        if batch.problems:
            raise RefusedFileError(batch.problems)
        counts = _compare(batch)
        revision = _write(this, counts, told)
        done = Imported(kind.kind, digest, {sheet.data_type: count for sheet, count in counts.items()}, revision)
        _record(this, site, done)
    return done


def size_of(stream: BinaryIO) -> int:
    """The bytes of a seekable stream, which is left at its start."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def _untold(step: Step, done: int, total: int | None) -> None:
    """Nobody asked how far it is."""


def _compare(batch: Batch) -> Counts:
    batch.staging.finish()
    counts = {}
    for done, (sheet, total) in enumerate(batch.staging.total.items()):
        batch.progress(Step.CHECKING, done, len(batch.staging.total))
        differing, there = compare(sheet, batch.school)
        counts[sheet] = Count(total - there, differing, there - differing)
    batch.progress(Step.CHECKING, len(counts), len(counts))
    return counts


def _write(this: Change, counts: Counts, progress: Progress) -> int | None:
    """The revision in which it was written, None when there was nothing to write."""
    total = sum(count.added + count.changed for count in counts.values())
    if not total:
        return None
    expected, done = expected_revision(this.school), 0
    for sheet in counts:
        for written in write(sheet, this.school, expected):
            done += written
            progress(Step.WRITING, done, total)
    match_former(this)
    note_filled(this)
    return number(this, counts, expected)


def _record(this: Change, site: Site, done: Imported) -> None:
    this.record(
        EventName.FILE_IMPORTED,
        site,
        kind=done.kind,
        sha256=done.sha256,
        revision=done.revision,
        added=done.added,
        changed=done.changed,
        unchanged=done.unchanged,
        data_types=[f"{name}: {count.added} added, {count.changed} changed" for name, count in done.counts.items()],
    )
