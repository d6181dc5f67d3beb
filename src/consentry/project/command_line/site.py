"""`consentry school add`, `consentry trust add`: opening sites."""

import click

from consentry.project.command_line.ready import with_django


@click.group()
def school() -> None:
    """Schools' sites."""


@click.group()
def trust() -> None:
    """Trusts' sites."""


@school.command("add")
@click.option("--slug", required=True, help="The first part of its address: /{slug}/…")
@click.option("--name", required=True)
@click.option("--urn", required=True, help="Six digits.")
@click.option("--laestab", required=True, help="Seven digits, or 860/1234.")
@click.option("--trust", "trust_slug", help="The slug of the trust it belongs to.")
@click.option("--dummy", is_flag=True, help="A dummy site: wiped and filled again before it goes live.")
@with_django
def add_school(slug: str, name: str, urn: str, laestab: str, trust_slug: str | None, *, dummy: bool) -> None:
    """Open a school's site."""
    from consentry.schools.actions.add_site import NewSite
    from consentry.schools.models import Life

    life = Life.DUMMY if dummy else Life.LIVE
    _open(NewSite(slug, name, urn=urn, laestab=laestab, trust=trust_slug, life=life))


@trust.command("add")
@click.option("--slug", required=True, help="The first part of its address: /{slug}/…")
@click.option("--name", required=True)
@with_django
def add_trust(slug: str, name: str) -> None:
    """Open a trust's site."""
    from consentry.schools.actions.add_site import NewSite
    from consentry.schools.models import SiteKind

    _open(NewSite(slug, name, kind=SiteKind.TRUST))


def _open(wanted: object) -> None:
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.workflows.open_site import open_site

    site = open_site(wanted, by=OPERATOR, at=timezone.now())  # type: ignore[arg-type]
    click.echo(f"{site.name} is open at /{site.slug}/")
