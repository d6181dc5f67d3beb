"""`consentry company …`: who acts for the companies that the operator looks after."""

from typing import TYPE_CHECKING

import click

from consentry.project.command_line.ready import with_django

if TYPE_CHECKING:
    from consentry.partners.models import Company


@click.group()
def company() -> None:
    """Companies whose apps schools connect."""


@company.command("invite")
@click.argument("email")
@click.option("--company", "name", required=True, help="The company, by its name.")
@with_django
def invite(email: str, name: str) -> None:
    """Mail EMAIL a link with which they become an Administrator of the company: its first person, say."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.invite_administrator import invite_administrator

    found = _company(name)
    invite_administrator(found.id, email, by=OPERATOR, at=timezone.now())
    click.echo(f"A link is mailed to {email.lower()}, with which they act for {found.name}.")


@company.command("rename")
@click.argument("company_name", metavar="COMPANY")
@click.argument("name")
@with_django
def rename(company_name: str, name: str) -> None:
    """Give COMPANY another NAME. It cannot itself once the operator has accepted it."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.rename_company import rename_company

    rename_company(_company(company_name).id, name, by=OPERATOR, at=timezone.now())
    click.echo(f"Schools are shown it as {name}.")


def _company(name: str) -> "Company":
    """The company of this name. Raises InvalidError."""
    from consentry.partners.queries.companies import company_named
    from consentry.rules.invalid import InvalidError

    found = company_named(name)
    if found is None:
        raise InvalidError("company", f"there is none called {name}")
    return found
