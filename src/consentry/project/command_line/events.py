"""`consentry events verify`: whether the log is whole."""

import sys

import click

from consentry.project.command_line.ready import with_django


@click.group()
def events() -> None:
    """The append-only log."""


@events.command("verify")
@with_django
def verify() -> None:
    """Follow every site's chain of events from its first to its last; exit 1 at a broken one."""
    from rich.progress import track

    from consentry.audit.chain import first_broken_link
    from consentry.audit.reading import reading
    from consentry.schools.queries import all_chains

    broken = 0
    for school, name in track(all_chains(), description="Chains"):
        with reading(school):
            number = first_broken_link(school)
        if number is not None:
            broken += 1
            click.echo(f"{name}: the chain breaks at event {number}", err=True)
    if broken:
        sys.exit(1)
    click.echo("Every chain is whole.")
