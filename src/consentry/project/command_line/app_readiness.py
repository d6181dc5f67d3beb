"""`consentry app readiness`: whether a site's records have what the sync of an app needs."""

import json
from typing import TYPE_CHECKING, Any

import click

from consentry.project.command_line.ready import with_django

if TYPE_CHECKING:
    from consentry.partners.models import App
    from consentry.schools.models import Site


@click.command("readiness")
@click.argument("application_user")
@click.option("--site", "slug", required=True, help="The slug of the site.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@with_django
def readiness(application_user: str, slug: str, *, as_json: bool) -> None:
    """Show of each thing that the app's sync needs how many of the site's records fail; 1 where some do."""
    from consentry.partners.models import App
    from consentry.partners.queries.apps import app_by_user
    from consentry.rules.invalid import InvalidError
    from consentry.schools.models import Site
    from consentry.schools.queries import site_by_slug

    try:
        found = _counted(app_by_user(application_user), site_by_slug(slug))
    except App.DoesNotExist:
        raise InvalidError("application_user", f"there is no app called {application_user}") from None
    except Site.DoesNotExist:
        raise InvalidError("site", f"there is no site called {slug}") from None
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        for each in found:
            click.echo(f"{each['failing']:>7,} of {each['looked_at']:>7,} fail: {each['needs']}")
        if not found:
            click.echo("The app has not said that its sync needs anything.")
    if any(each["failing"] for each in found):
        raise click.exceptions.Exit(1)


def _counted(app: "App", site: "Site") -> list[dict[str, Any]]:
    from django.utils import timezone

    from consentry.audit.reading import reading
    from consentry.partners.queries.requirements import needs_of
    from consentry.records.queries.readiness.counts import count_failing
    from consentry.schools.queries import school_id

    needs, school = needs_of(app.id), school_id(site)
    with reading(school):
        counts = count_failing(school, [need.check for need in needs], at=timezone.now())
    return [
        {
            "check": need.check.value,
            "needs": need.check.label,
            "reason": need.reason,
            "looked_at": counts[need.check].looked_at,
            "failing": counts[need.check].failing,
        }
        for need in needs
    ]
