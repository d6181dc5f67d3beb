"""`consentry events verify`: whether the log is whole."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click

from consentry.project.command_line.ready import with_django

if TYPE_CHECKING:
    from consentry.audit.checkpoint import Checkpoint
    from consentry.rules.identity import SchoolId


@click.group()
def events() -> None:
    """The append-only log."""


@events.command("verify")
@click.option("--against", type=click.File(), help="An earlier output, kept elsewhere: the log must go on from it.")
@with_django
def verify(against: TextIO | None) -> None:
    """Follow every site's chain of events, and look behind every seal on its record of access.

    Shows the end of each chain: keep that elsewhere. Exits with 1 where one is broken.
    """
    from rich.console import Console
    from rich.progress import track

    from consentry.audit.checkpoint import Checkpoint, checkpoint
    from consentry.audit.reading import reading
    from consentry.schools.queries import all_chains

    read = (Checkpoint.from_line(line) for line in against or ())
    noted = {each.school: each for each in read if each is not None}
    broken = False
    for school, name in track(all_chains(), description="Chains", console=Console(stderr=True)):
        with reading(school):
            for problem in _problems(school, noted.pop(school, None)):
                broken = True
                click.echo(f"{name}: {problem}", err=True)
            click.echo(str(checkpoint(school)))
    for gone in noted:
        broken = True
        click.echo(f"chain {gone} is gone", err=True)
    if broken:
        sys.exit(1)
    click.echo("Every chain is whole, and every seal unbroken.")


def _problems(school: "SchoolId", noted: "Checkpoint | None") -> Iterator[str]:
    from consentry.audit.chain import first_broken_link
    from consentry.audit.checkpoint import still_stands
    from consentry.connections.sealing import first_broken_seal

    number, seal = first_broken_link(school), first_broken_seal(school)
    if number is not None:
        yield f"the chain breaks at event {number}"
    if seal is not None:
        yield f"the record of access does not fit the seal of {seal.count} events on it"
    if noted is not None and not still_stands(noted):
        yield f"event {noted.number} is not the one that was noted: the chain was written anew"
