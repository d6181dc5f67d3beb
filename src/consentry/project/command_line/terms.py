"""`consentry terms …`: the terms and conditions that everybody accepts at each site."""

from pathlib import Path

import click

from consentry.project.command_line.ready import with_django


@click.group()
def terms() -> None:
    """Terms and conditions."""


@terms.command("publish")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_django
def publish(file: Path) -> None:
    """Put FILE (plain text in UTF-8; lines that begin with # are headings) into force.

    Everybody reads and accepts it at each of their sites before their next page.
    """
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.rules.invalid import InvalidError
    from consentry.schools.actions.publish_terms import publish_terms

    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InvalidError("file", f"is not UTF-8 at byte {error.start}") from None
    published = publish_terms(text, by=OPERATOR, at=timezone.now())
    click.echo(f"Version {published.number} is in force. Everybody accepts it before their next page.")


@terms.command("show")
@with_django
def show() -> None:
    """Show the version that is in force."""
    from django.utils import timezone

    from consentry.schools.queries import newest_terms

    newest = newest_terms()
    if newest is None:
        click.echo("No terms and conditions are published.")
        return
    published = timezone.localtime(newest.published_at)
    click.echo(f"Version {newest.number}, published on {published:%Y-%m-%d at %H:%M}\n\n{newest.text}")
