"""Add the site of a school or a trust."""

from dataclasses import dataclass

from django.db import connection

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.rules.establishment import laestab, urn
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.slugs import is_usable
from consentry.schools.models import Life, Site, SiteKind
from consentry.schools.numbers import read_number


@dataclass(frozen=True)
class NewSite:
    """What a site is opened with. A school has a URN and a LAESTAB and may belong to a trust; a trust has neither."""

    slug: str
    name: str
    kind: SiteKind = SiteKind.SCHOOL
    urn: str | None = None
    laestab: str | None = None
    trust: str | None = None
    life: Life = Life.LIVE
    jurisdiction: Jurisdiction = Jurisdiction.ENGLAND


def next_school_id() -> SchoolId:
    """The id that the next site will have, so that its first events can stand in its own chain."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('schools_site', 'id'))")
        (number,) = cursor.fetchone()
    return SchoolId(number)


def add_site(this: Change, wanted: NewSite) -> Site:
    """Add the site in an open change at its own id. Raises InvalidError for a slug, number or trust that cannot be."""
    _check_free(wanted)
    site = Site(
        id=this.school,
        slug=wanted.slug,
        name=_filled("name", wanted.name),
        kind=wanted.kind,
        life=wanted.life,
        urn=read_number("urn", wanted.urn, urn) if wanted.kind == SiteKind.SCHOOL else None,
        laestab=read_number("laestab", wanted.laestab, laestab) if wanted.kind == SiteKind.SCHOOL else None,
        trust=_trust(wanted.trust),
        jurisdiction=wanted.jurisdiction.value,
        added_at=this.at,
    )
    site.save(force_insert=True)
    this.record(EventName.SITE_ADDED, site, slug=site.slug, kind=site.kind, life=site.life)
    return site


def _check_free(wanted: NewSite) -> None:
    if not is_usable(wanted.slug):
        raise InvalidError("slug", "use lower-case letters, digits and single dashes, and none of the reserved words")
    if Site.objects.filter(slug=wanted.slug).exists():
        raise InvalidError("slug", f"there is a site called {wanted.slug} already")
    if wanted.urn and Site.objects.filter(urn=wanted.urn).exists():
        raise InvalidError("urn", f"there is a site with URN {wanted.urn} already")


def _filled(field: str, text: str) -> str:
    if not text.strip():
        raise InvalidError(field, "must not be empty")
    return text.strip()


def _trust(slug: str | None) -> Site | None:
    if slug is None:
        return None
    trust = Site.objects.filter(slug=slug, kind=SiteKind.TRUST).first()
    if trust is None:
        raise InvalidError("trust", f"there is no trust called {slug}")
    return trust
