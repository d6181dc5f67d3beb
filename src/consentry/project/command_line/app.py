"""`consentry app …`: companies' apps, from a file that says what an app is and asks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consentry.project.command_line.app_publish import publish
from consentry.project.command_line.app_readiness import readiness
from consentry.project.command_line.ready import with_django

if TYPE_CHECKING:
    from consentry.partners.models import App


@click.group()
def app() -> None:
    """Partner apps."""


app.add_command(publish)
app.add_command(readiness)


@app.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_django
def add(file: Path) -> None:
    """Register the app that FILE (TOML) describes, with its company and its first version; shows its secret once."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.app_file import read_app_file
    from consentry.workflows.enrol_app import enrol_app

    enrolled = enrol_app(read_app_file(file.read_bytes()), by=OPERATOR, at=timezone.now())
    click.echo(f"Application user  {enrolled.app.application_user}")
    click.echo(f"Secret            {enrolled.secret}")
    click.echo("The secret is shown this once. It is also the client secret at /oauth/token.")


@app.command("request")
@click.argument("application_user")
@click.option("--site", "slug", required=True, help="The slug of the site to ask.")
@with_django
def request(application_user: str, slug: str) -> None:
    """Ask a site to connect the app."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.connections.actions.request_connection import request_connection
    from consentry.rules.connection_life import MoveRefusedError
    from consentry.rules.invalid import InvalidError
    from consentry.schools.models import Site
    from consentry.schools.queries import site_by_slug

    try:
        request_connection(_app(application_user), site_by_slug(slug), by=OPERATOR, at=timezone.now())
    except Site.DoesNotExist:
        raise InvalidError("site", f"there is no site called {slug}") from None
    except MoveRefusedError as refusal:
        raise InvalidError("request", f"{refusal.why.value}; the connection is {refusal.state.value}") from None
    click.echo("The request waits for the site's decision.")


@app.command("secret")
@click.argument("application_user")
@with_django
def secret(application_user: str) -> None:
    """Give an app its second secret, so that it can change over; shows it once."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.issue_secret import issue_secret

    click.echo(issue_secret(_app(application_user), by=OPERATOR, at=timezone.now()))


@app.command("revoke-secret")
@click.argument("application_user")
@click.option("--ending", required=True, help="The last four characters of the secret.")
@with_django
def revoke(application_user: str, ending: str) -> None:
    """Take one of an app's secrets back, and all its tokens."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.revoke_secret import revoke_secret
    from consentry.partners.queries.secrets import secret_ending
    from consentry.rules.invalid import InvalidError

    found = secret_ending(_app(application_user), ending)
    if found is None:
        raise InvalidError("ending", "the app has no secret that ends so")
    revoke_secret(found, by=OPERATOR, at=timezone.now())
    click.echo("The secret opens nothing from the next call on.")


@app.command("redirect-uris")
@click.argument("application_user")
@click.argument("uris", nargs=-1)
@click.option("--none", "is_none", is_flag=True, help="The app has none any more.")
@with_django
def redirect_uris(application_user: str, uris: tuple[str, ...], *, is_none: bool) -> None:
    """Show where an app may be sent back to by the connect link, or say where: these URIS and no others."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.set_redirect_uris import set_redirect_uris
    from consentry.partners.queries.redirect_uris import redirect_uris_of

    found = _app(application_user)
    if uris or is_none:
        set_redirect_uris(found, () if is_none else uris, by=OPERATOR, at=timezone.now())
    click.echo("\n".join(redirect_uris_of(found)) or "The app has no redirect URI: it cannot be connected by link.")


@app.command("suspend")
@click.argument("application_user")
@with_django
def suspend(application_user: str) -> None:
    """Stop an app everywhere, at once."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.suspend_app import suspend_app

    suspend_app(_app(application_user), by=OPERATOR, at=timezone.now())
    click.echo("The app opens nothing from its next call on.")


@app.command("resume")
@click.argument("application_user")
@with_django
def resume(application_user: str) -> None:
    """Let a suspended app go on where schools approve it."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.resume_app import resume_app

    resume_app(_app(application_user), by=OPERATOR, at=timezone.now())
    click.echo("The app opens what schools approve.")


@app.command("live")
@click.argument("application_user")
@click.option("--no", "not_live", is_flag=True, help="Take it back: the app is not live.")
@with_django
def live(application_user: str, *, not_live: bool) -> None:
    """Say that an app is live, so that live sites can connect it."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.set_app_live import set_app_live

    set_app_live(_app(application_user), is_live=not not_live, by=OPERATOR, at=timezone.now())
    click.echo("The app is not live." if not_live else "The app is live.")


@app.command("rename")
@click.argument("application_user")
@click.argument("name")
@with_django
def rename(application_user: str, name: str) -> None:
    """Give an app another NAME. Its company cannot once the operator looks at it."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.rename_app import rename_app

    rename_app(_app(application_user).id, name, by=OPERATOR, at=timezone.now())
    click.echo(f"Schools are shown it as {name}.")


def _app(application_user: str) -> "App":
    """The app of this name. Raises InvalidError."""
    from consentry.partners.models import App
    from consentry.partners.queries.apps import app_by_user
    from consentry.rules.invalid import InvalidError

    try:
        return app_by_user(application_user)
    except App.DoesNotExist:
        raise InvalidError("application_user", f"there is no app called {application_user}") from None
