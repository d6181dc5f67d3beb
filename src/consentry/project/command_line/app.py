"""`consentry app …`: companies' apps, from a file that says what an app is and asks."""

from pathlib import Path

import click

from consentry.project.command_line.ready import with_django


@click.group()
def app() -> None:
    """Partner apps."""


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
    from consentry.partners.queries import app_by_user
    from consentry.schools.queries import site_by_slug

    request_connection(app_by_user(application_user), site_by_slug(slug), by=OPERATOR, at=timezone.now())
    click.echo("The request waits for the site's decision.")
