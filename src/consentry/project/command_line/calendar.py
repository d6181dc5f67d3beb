"""`consentry calendar …`: a school's calendar, filled from a file of term dates and shown."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consentry.project.command_line.ready import with_django

if TYPE_CHECKING:
    from datetime import datetime

    from consentry.schools.models import Site


@click.group()
def calendar() -> None:
    """Schools' calendars: terms, half terms, closures, openings."""


@calendar.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", "slug", required=True, help="The slug of the school.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all problems of a refused file here, as CSV.",
)
@with_django
def import_calendar(file: Path, slug: str, report: Path | None) -> None:
    """Enter all of FILE (kind,first_day,last_day,session,name), or, when it has errors, nothing of it."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.imports.actions.import_term_dates import import_term_dates
    from consentry.imports.applying.outcome import RefusedFileError
    from consentry.project.importing import show_refused

    site = _site(slug)
    try:
        with file.open("rb") as stream:
            done = import_term_dates(site, stream, by=OPERATOR, at=timezone.now())
    except RefusedFileError as refused:
        show_refused(file, refused, report)
        sys.exit(1)
    click.echo(f"{site.name}: {done.added} entered, {done.already} stood in the calendar already")


@calendar.command("show")
@click.option("--site", "slug", required=True, help="The slug of the school.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="A day of the school year to show; today as it comes.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@with_django
def show_calendar(slug: str, day: "datetime | None", *, as_json: bool) -> None:
    """What stands in the calendar for a school year, and how many sessions are held."""
    from django.utils import timezone

    from consentry.project.calendar_shown import calendar_shown, calendar_table

    shown = calendar_shown(_site(slug), day.date() if day else timezone.localdate())
    click.echo(json.dumps(shown, indent=2) if as_json else calendar_table(shown))


def _site(slug: str) -> "Site":
    from consentry.rules.invalid import InvalidError
    from consentry.schools.models import Site, SiteKind
    from consentry.schools.queries import site_by_slug

    try:
        site = site_by_slug(slug)
    except Site.DoesNotExist:
        raise InvalidError("site", f"there is no site called {slug}") from None
    if site.kind == SiteKind.TRUST:
        raise InvalidError("site", "a trust has no calendar")
    return site
