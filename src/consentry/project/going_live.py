"""Wiping a dummy site from the command line, and reading what became of its ids."""

from collections.abc import Iterator

import click
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.records.catalogue import catalogue
from consentry.records.queries.wipes import id_map
from consentry.rules.going_live import WipeRefusedError
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id, site_by_slug
from consentry.workflows.wipe_dummy_site import WipeOrder, wipe_dummy_site


def wipe_with_progress(slug: str, confirm: str | None, *, stay_dummy: bool) -> None:
    """Wipe the site under a bar; the name is asked for unless it is given.

    Raises InvalidError for a site there is not, one that cannot be wiped, and a name that is not its own.
    """
    site = _site(slug)
    if confirm is None:
        click.echo(f"All records of {site.name} will be deleted. This cannot be taken back.")
        confirm = str(click.prompt("Type the name of the site"))
    order = WipeOrder(confirm, Life.DUMMY if stay_dummy else Life.LIVE)
    console = Console()
    columns = TextColumn("Wiping"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    try:
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("", total=None)
            wiped = wipe_dummy_site(
                site,
                order,
                by=OPERATOR,
                at=timezone.now(),
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
    except WipeRefusedError as refused:
        raise InvalidError("slug", str(refused)) from None
    click.echo(
        f"{site.name} was wiped: {wiped.wipe.records:,} records. It is a {order.becomes} site now: import its files."
    )


def id_map_lines(slug: str, data_type: str) -> Iterator[str]:
    """The lines of the CSV, the heading first. Raises InvalidError for a site or a data type that there is not."""
    site = _site(slug)
    if catalogue().get(data_type) is None:
        raise InvalidError("entity-type", f"there is no data type {data_type}")
    yield "entity_type,old_id,new_id\n"
    with reading(school_id(site)):
        for old, new in id_map(school_id(site), data_type):
            yield f"{data_type},{old},{'' if new is None else new}\n"


def _site(slug: str) -> Site:
    try:
        return site_by_slug(slug)
    except Site.DoesNotExist:
        raise InvalidError("site", f"there is no site called {slug}") from None
