"""Importing from the command line: bars while it goes on, then what was done or what is wrong with the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from consentry.audit.actor import OPERATOR
from consentry.imports.actions.import_ctf import import_ctf
from consentry.imports.actions.import_marks import import_marks
from consentry.imports.actions.import_oneroster import import_oneroster
from consentry.imports.applying.outcome import Imported, RefusedFileError, Step
from consentry.imports.report import Report, report
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site
from consentry.schools.queries import site_by_slug

_IMPORTS: Final = {"ctf": import_ctf, "oneroster": import_oneroster, "marks": import_marks}
_WORDS: Final = {Step.READING: "Reading", Step.CHECKING: "Checking", Step.WRITING: "Writing"}
_SHOWN: Final = 20  # problems on the screen; the report has them all


def import_with_progress(kind: str, file: Path, slug: str, report_file: Path | None) -> bool:
    """Import the file into the site and show what was done; False when it was refused, and why is shown.

    `kind` is ctf, oneroster or marks. The report goes to `report_file` as CSV when one is named. Raises InvalidError
    for a site there is not, and for the site of a trust.
    """
    console = Console()
    site = _site(slug)
    console.print(f"Importing {file.name}", markup=False, highlight=False)
    try:
        with file.open("rb") as stream, _bars(console) as tell:
            done = _IMPORTS[kind](site, stream, by=OPERATOR, at=timezone.now(), progress=tell)
    except RefusedFileError as refused:
        _show_report(console, file, report(refused.problems), report_file)
        return False
    _show_counts(console, site, done)
    return True


def _site(slug: str) -> Site:
    try:
        return site_by_slug(slug)
    except Site.DoesNotExist:
        raise InvalidError("site", f"there is no site called {slug}") from None


def show_refused(file: Path, refused: RefusedFileError, report_file: Path | None) -> None:
    """Say why the file was refused; the whole report goes to `report_file` as CSV when one is named."""
    _show_report(Console(), file, report(refused.problems), report_file)


class _Bars:
    """One bar a step, each shown when its step begins."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[Step, TaskID] = {}

    def __call__(self, step: Step, done: int, total: int | None) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(_WORDS[step], total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)


@contextmanager
def _bars(console: Console) -> Iterator[_Bars]:
    columns = TextColumn("{task.description:<9}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        yield _Bars(progress)


def _show_counts(console: Console, site: Site, done: Imported) -> None:
    if done.revision is None:
        console.print(f"{site.name}: nothing new; {done.unchanged:,} records are as the file says.")
        return
    table = Table(title=f"{site.name}, revision {done.revision}")
    table.add_column("Data type")
    for name in ("Added", "Changed", "Unchanged"):
        table.add_column(name, justify="right")
    for data_type, count in done.counts.items():
        if count.added or count.changed or count.unchanged:
            table.add_row(data_type, f"{count.added:,}", f"{count.changed:,}", f"{count.unchanged:,}")
    console.print(table)


def _show_report(console: Console, file: Path, found: Report, report_file: Path | None) -> None:
    table = Table(title=f"{file.name} was refused: nothing was imported. Problems: {found.total:,}", title_style="bold")
    for name in ("File", "Line", "Field", "Value", "Why"):
        table.add_column(name, overflow="fold")
    for line in found.lines[:_SHOWN]:
        table.add_row(*map(_plain, (line.part, str(line.line), line.field, line.value, line.reason)))
    console.print(table)
    if report_file is not None:
        report_file.write_bytes(found.csv())
        console.print(f"The report is in {report_file}", markup=False)
    elif found.total > _SHOWN:
        console.print(f"{found.total - _SHOWN:,} more: say --report FILE to have them all.", markup=False)


def _plain(text: str) -> str:
    """Text from a file is never markup."""
    return text.replace("[", r"\[")
