"""`consentry user …`: the first people of a site, and helping those who cannot help themselves."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from consentry.project.command_line.ready import with_django

if TYPE_CHECKING:
    from consentry.schools.models import Site


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


_SITE = click.option("--site", "slug", required=True, help="The slug of the site.")
_EMAIL = click.option("--email", required=True, help="What they sign in with.")


@user.command("disable")
@_SITE
@_EMAIL
@with_django
def disable(slug: str, email: str) -> None:
    """Shut a person out of a site from their next click on. The last administrator stays."""
    from consentry.people.actions.disable_account import disable_account

    _carry_out(disable_account, slug, email)
    click.echo(f"{email} is disabled at {slug}.")


@user.command("enable")
@_SITE
@_EMAIL
@with_django
def enable(slug: str, email: str) -> None:
    """Let a person in again who was shut out."""
    from consentry.people.actions.enable_account import enable_account

    _carry_out(enable_account, slug, email)
    click.echo(f"{email} is enabled at {slug}.")


@user.command("send-link")
@_SITE
@_EMAIL
@with_django
def send_link(slug: str, email: str) -> None:
    """Have a link mailed to the person, by which they set a new password. It is shown to nobody else."""
    from consentry.people.actions.send_password_link import send_password_link

    _carry_out(send_password_link, slug, email)
    click.echo(f"A link is on its way to {email}; it works for 96 hours.")


def _carry_out(action: Callable[..., object], slug: str, email: str) -> None:
    """Do this to the person's own account at the site, as the operator. Raises InvalidError."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.people.queries.users import account_called
    from consentry.rules.invalid import InvalidError
    from consentry.rules.permissions import LastAdministratorError

    site = site_called(slug)
    account = account_called(site, email)
    if account is None:
        raise InvalidError("email", f"nobody at {site.name} signs in as {email}")
    try:
        action(site, account.id, by=OPERATOR, at=timezone.now())
    except LastAdministratorError as last:
        raise InvalidError("email", str(last)) from None


def site_called(slug: str) -> "Site":
    """The site of this slug. Raises InvalidError."""
    from consentry.rules.invalid import InvalidError
    from consentry.schools.models import Site
    from consentry.schools.queries import site_by_slug

    try:
        return site_by_slug(slug)
    except Site.DoesNotExist:
        raise InvalidError("site", f"there is no site called {slug}") from None


@user.command("remove-second-factor")
@click.option("--email", required=True, help="Of whom has lost phone, passkeys and recovery codes.")
@with_django
def remove_second_factor(email: str) -> None:
    """Let somebody in again who has lost their second factor: make sure first that it is them who asks."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.people.actions.remove_second_factor import remove_second_factor as remove

    removed = remove(email, by=OPERATOR, at=timezone.now())
    click.echo(f"{removed.name} has no second factor any more and is signed out everywhere")


def _password() -> str:
    given = os.environ.get("CONSENTRY_NEW_PASSWORD")
    return given or str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
