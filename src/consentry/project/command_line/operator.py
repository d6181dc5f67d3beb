"""`consentry operator …`: who may use the operator's desk."""

from typing import TYPE_CHECKING

import click

from consentry.project.command_line.ready import with_django

if TYPE_CHECKING:
    from consentry.people.models import User


@click.group()
def operator() -> None:
    """The people who look after everything from the operator's desk."""


@operator.command("add")
@click.argument("email")
@with_django
def add(email: str) -> None:
    """Let the user with EMAIL, who signs in already, use the operator's desk. It asks for a second factor."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.people.actions.add_operator import add_operator

    user = _user(email)
    add_operator(user, by=OPERATOR, at=timezone.now())
    click.echo(f"{user.name} may use the operator's desk, at /operator/.")


@operator.command("end")
@click.argument("email")
@with_django
def end(email: str) -> None:
    """Let the user with EMAIL use the operator's desk no longer."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.people.actions.end_operator import end_operator

    user = _user(email)
    end_operator(user, by=OPERATOR, at=timezone.now())
    click.echo(f"{user.name} may use the operator's desk no longer.")


@operator.command("list")
@with_django
def everybody() -> None:
    """List who may use the operator's desk."""
    from consentry.people.queries.operators import operators_now

    for each in operators_now():
        click.echo(f"{each.user.email}  {each.user.name}  since {each.since:%Y-%m-%d}")


def _user(email: str) -> "User":
    """Who signs in with this email. Raises InvalidError."""
    from consentry.people.queries.operators import user_called
    from consentry.rules.invalid import InvalidError

    found = user_called(email)
    if found is None:
        raise InvalidError("email", f"nobody signs in with {email}")
    return found
