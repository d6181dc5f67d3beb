"""`consentry user add`: the first people of a site."""

import os

import click

from consentry.project.command_line.ready import with_django


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.option("--site", "slug", required=True, help="The slug of the site.")
@click.option("--email", required=True)
@click.option("--name", default="", help="Not with --existing.")
@click.option("--role", required=True, help='A business role of the site, such as "School Administrator".')
@click.option("--existing", is_flag=True, help="They sign in already, and keep their name and password.")
@with_django
def add(slug: str, email: str, name: str, role: str, *, existing: bool) -> None:
    """Give a person an account and a business role at a site.

    The password is read from CONSENTRY_NEW_PASSWORD, or asked for.
    """
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.people.actions.add_user import NewUser
    from consentry.rules.invalid import InvalidError
    from consentry.workflows.welcome_user import welcome_user

    if bool(name) is existing:
        raise InvalidError("name", "give a name, or --existing for somebody who has one")
    wanted = NewUser(email, existing=True) if existing else NewUser(email, name, _password())
    account = welcome_user(slug, wanted, role, by=OPERATOR, at=timezone.now())
    click.echo(f"{account.user.name} can sign in as {account.user.email}")


def _password() -> str:
    given = os.environ.get("CONSENTRY_NEW_PASSWORD")
    return given or str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
