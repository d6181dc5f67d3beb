"""`consentry user add`: the first people of a site."""

import click

from consentry.project.command_line.ready import with_django


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.option("--site", "slug", required=True, help="The slug of the site.")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, help='A business role of the site, such as "School Administrator".')
@click.password_option(envvar="CONSENTRY_NEW_PASSWORD", help="Asked for when it is not in CONSENTRY_NEW_PASSWORD.")
@with_django
def add(slug: str, email: str, name: str, role: str, password: str) -> None:
    """Give a person an account and a business role at a site."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.people.actions.add_user import NewUser
    from consentry.workflows.welcome_user import welcome_user

    account = welcome_user(slug, NewUser(email, name, password), role, by=OPERATOR, at=timezone.now())
    click.echo(f"{account.user.name} can sign in as {account.user.email}")
