"""`consentry school go-live`, `consentry school id-map`: from a dummy site to the live one."""

import sys

import click

from consentry.project.command_line.ready import with_django


@click.command("go-live")
@click.option("--slug", required=True, help="The first part of its address: /{slug}/…")
@click.option("--confirm", help="The name of the site; asked for when it is not given.")
@click.option("--stay-dummy", is_flag=True, help="Wipe it for another trial run: it stays a dummy site.")
@with_django
def go_live(slug: str, confirm: str | None, *, stay_dummy: bool) -> None:
    """Wipe a dummy site, so that it can be filled again as the live one.

    People, roles, connections and history stay; all records go, and get new ids with the next imports.
    """
    from consentry.project.going_live import wipe_with_progress

    wipe_with_progress(slug, confirm, stay_dummy=stay_dummy)


@click.command("id-map")
@click.option("--slug", required=True, help="The first part of its address: /{slug}/…")
@click.option("--entity-type", "data_type", required=True, help="A data type such as Student.")
@with_django
def id_map(slug: str, data_type: str) -> None:
    """Print as CSV which new id stands for which one of before the site was wiped; empty where none does."""
    from consentry.project.going_live import id_map_lines

    for line in id_map_lines(slug, data_type):
        sys.stdout.write(line)
