"""`consentry role …`: business roles, as far as they are the operator's."""

import click

from consentry.project.command_line.ready import with_django


@click.group()
def role() -> None:
    """Business roles of a site."""


@role.command("hand-back")
@click.option("--site", "slug", required=True, help="The slug of the site.")
@click.option("--role", "name", required=True, help='Its name there, such as "Office Staff", or its code.')
@with_django
def hand_back(slug: str, name: str) -> None:
    """Let the product manage a role again that the site had taken responsibility for.

    It then holds what the product comes with, and updates reach it. A site cannot do this by itself.
    """
    from django.utils import timezone

    from consentry.people.actions.hand_back_role import hand_back_role
    from consentry.project.command_line.user import site_called
    from consentry.rules.invalid import InvalidError
    from consentry.rules.permissions import LastAdministratorError

    try:
        found = hand_back_role(site_called(slug), name, at=timezone.now())
    except LastAdministratorError as last:
        raise InvalidError("role", str(last)) from None
    click.echo(f"{found.name} is managed by Consentry and holds {', '.join(found.permissions) or 'nothing'}.")
