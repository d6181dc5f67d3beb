"""`consentry keys …`: the keys under which secrets are sealed in the database."""

import sys

import click

from consentry.project.command_line.ready import with_django


@click.group("keys")
def keys() -> None:
    """The keys that seal second factors, and secrets of identity providers and collectors (CONSENTRY_FIELD_KEY)."""


@keys.command("reseal")
@with_django
def reseal_all() -> None:
    """Seal everything under the first of the keys, so that the others can be taken away.

    It may run while people work, and again after it was stopped.
    """
    from django.utils import timezone
    from rich.progress import Progress

    from consentry.people.actions.reseal import reseal, sealed_of_people
    from consentry.returns.actions.reseal_collectors import sealed_of_collectors

    kinds = [*sealed_of_people(), sealed_of_collectors()]
    with Progress(transient=True) as bars:
        bar = bars.add_task("Sealing", total=sum(rows.count() for rows, _ in kinds))
        done = reseal(kinds, at=timezone.now(), progress=lambda rows: bars.advance(bar, rows))
    click.echo(f"{done.anew} sealed under the first key, {done.current} were already.")
    if done.lost:
        click.echo(f"{done.lost} are opened by none of the keys: add the key that sealed them, and run this again.")
        sys.exit(1)
    click.echo(
        "The other keys can be taken out of CONSENTRY_FIELD_KEY in eight hours, when the last session has ended."
    )
