"""`consentry school add`, `consentry trust add`: opening sites."""

import click

from consentry.project.command_line.ready import with_django
from consentry.rules.jurisdictions import Jurisdiction

_WHERE = click.Choice([each.value for each in Jurisdiction])


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
@click.option("--trust", help="The slug of the trust it belongs to.")
@click.option("--dummy", is_flag=True, help="A dummy site: wiped and filled again before it goes live.")
@click.option(
    "--jurisdiction", type=_WHERE, default=Jurisdiction.ENGLAND.value, help="The part of the kingdom it is in."
)
@with_django
def add_school(*, dummy: bool, jurisdiction: str, **given: str | None) -> None:
    """Open a school's site."""
    from consentry.schools.actions.add_site import NewSite
    from consentry.schools.models import Life

    life = Life.DUMMY if dummy else Life.LIVE
    _open(NewSite(**given, life=life, jurisdiction=Jurisdiction(jurisdiction)))  # type: ignore[arg-type]


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


@school.command("trust")
@click.argument("slug")
@click.option("--join", "trust_slug", help="The slug of the trust it belongs to from now on.")
@click.option("--leave", is_flag=True, help="It belongs to no trust from now on.")
@with_django
def change_trust_of(slug: str, trust_slug: str | None, *, leave: bool) -> None:
    """A school joins a trust or leaves it; people of its former trust are out at their next click."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.rules.invalid import InvalidError
    from consentry.schools.actions.change_trust import change_trust

    if bool(trust_slug) is leave:
        raise InvalidError("trust", "say either --join with a trust, or --leave")
    site = change_trust(slug, trust_slug, by=OPERATOR, at=timezone.now())
    click.echo(f"{site.name} belongs to {site.trust.name if site.trust else 'no trust'} from now on")


@school.command("jurisdiction")
@click.argument("slug")
@click.argument("jurisdiction", type=_WHERE)
@with_django
def set_jurisdiction_of(slug: str, jurisdiction: str) -> None:
    """In which part of the kingdom a school is: whose bank holidays and attendance codes hold for it."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.schools.actions.set_jurisdiction import set_jurisdiction

    site = set_jurisdiction(slug, Jurisdiction(jurisdiction), by=OPERATOR, at=timezone.now())
    click.echo(f"{site.name} is in {site.law.label} from now on")


@trust.command("access")
@click.argument("slug")
@click.option("--email", required=True, help="Somebody with an account at the trust.")
@click.option("--schools", type=click.Choice(["all", "some", "none"]), required=True)
@click.option("--school", "slugs", multiple=True, help="The slug of one of some schools; say it again for the next.")
@with_django
def give_access(slug: str, email: str, schools: str, slugs: tuple[str, ...]) -> None:
    """Which of a trust's schools a person may sign in to: of the first who then gives it to others."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.people.actions.grant_school_access import grant_school_access
    from consentry.rules.reach import SchoolAccess

    account = grant_school_access(slug, email, SchoolAccess(schools), slugs, by=OPERATOR, at=timezone.now())
    click.echo(f"{account.user.name} may sign in to {schools} of the schools of {account.school.name}")


@school.command("correct")
@click.argument("slug")
@click.option("--name")
@click.option("--urn", help="Six digits.")
@click.option("--laestab", help="Seven digits, or 860/1234.")
@with_django
def correct_school(slug: str, **new: str | None) -> None:
    """Correct a school's name or numbers, where nobody of the school can do it on School Details."""
    _correct(slug, new)


@trust.command("correct")
@click.argument("slug")
@click.option("--name", required=True)
@with_django
def correct_trust(slug: str, **new: str | None) -> None:
    """Correct a trust's name, where nobody of the trust can do it on Trust Details."""
    _correct(slug, new)


def _correct(slug: str, new: dict[str, str | None]) -> None:
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.schools.actions.correct_details import correct_details

    given = {name: value for name, value in new.items() if value is not None}
    site = correct_details(slug, given, by=OPERATOR, at=timezone.now())
    numbers = f", URN {site.urn}, LAESTAB {site.laestab}" if site.urn else ""
    click.echo(f"/{site.slug}/ is {site.name}{numbers} from now on")
