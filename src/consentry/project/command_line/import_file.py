"""`consentry import …`: files into records."""

import sys
from pathlib import Path

import click

from consentry.project.command_line.ready import with_django

KINDS = ("ctf", "oneroster", "marks")


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", "slug", required=True, help="The slug of the school.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all problems of a refused file here, as CSV.",
)
@with_django
def import_file(kind: str, file: Path, slug: str, report: Path | None) -> None:
    """Import FILE into a school: all of it, or, when it has errors, nothing of it and a report."""
    from consentry.project.importing import import_with_progress

    if not import_with_progress(kind, file, slug, report):
        sys.exit(1)
