"""`consentry migrate`: the database up to date."""

import click

from consentry.project.command_line.ready import before_migrating


@click.command()
@before_migrating
def migrate() -> None:
    """Bring the database up to date, as the owner's role (DATABASE_OWNER_URL), and add what the product comes with."""
    from consentry.project.migrate import add_what_is_shipped, bring_up_to_date

    bring_up_to_date(verbosity=1)
    for each in add_what_is_shipped():
        click.echo(f"Collector {each.slug} was added, suspended: `consentry returns collectors`")
