"""`consentry check`: what is wrong with a deployment, in words, and how to mend it."""

import sys

import click

from consentry.project.command_line.ready import with_django


@click.command()
@with_django
def check() -> None:
    """Look at the configuration and the database; exit 1 when something must be mended before people rely on it."""
    from consentry.project.deployment import findings

    found = findings()
    for finding in found:
        mark = "MEND" if finding.must else "note"
        click.echo(f"[{mark}] {finding.problem}\n       {finding.remedy}")
    if any(finding.must for finding in found):
        sys.exit(1)
    click.echo("Nothing must be mended.")
