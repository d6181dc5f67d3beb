"""`consentry migrate`: the database up to date."""

import click

from consentry.project.command_line.ready import before_migrating


@click.command()
@before_migrating
def migrate() -> None:
    """Bring the database up to date, as the owner's role (DATABASE_OWNER_URL)."""
    from consentry.project.migrate import bring_up_to_date

    bring_up_to_date(verbosity=1)
