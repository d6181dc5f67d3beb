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
    """Follow every site's chain of events, and look behind every seal on its record of access.

    Exits with 1 where one is broken.
    """
    from rich.progress import track

    from consentry.audit.chain import first_broken_link
    from consentry.audit.reading import reading
    from consentry.connections.sealing import first_broken_seal
    from consentry.schools.queries import all_chains

    broken = 0
    for school, name in track(all_chains(), description="Chains"):
        with reading(school):
            number, seal = first_broken_link(school), first_broken_seal(school)
        if number is not None:
            broken += 1
            click.echo(f"{name}: the chain breaks at event {number}", err=True)
        if seal is not None:
            broken += 1
            click.echo(f"{name}: the record of access does not fit the seal of {seal.count} events on it", err=True)
    if broken:
        sys.exit(1)
    click.echo("Every chain is whole, and every seal unbroken.")
