"""A school joins a trust, moves to another, or leaves."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site, SiteKind
from consentry.schools.queries import school_id


def change_trust(slug: str, trust_slug: str | None, *, by: Actor, at: datetime) -> Site:
    """The school belongs to this trust from now on, or to none; who is there from another is out at the next click.

    Raises InvalidError where there is no such school or trust, and where it is so already.
    """
    school = Site.objects.filter(slug=slug, kind=SiteKind.SCHOOL).first()
    if school is None:
        raise InvalidError("school", f"there is no school called {slug}")
    with change(actor=by, at=at, school=school_id(school)) as this:
        locked = Site.objects.select_for_update(no_key=True).get(id=school.id)
        trust = _trust(trust_slug)
        before = locked.trust_id
        if before == (trust.id if trust else None):
            raise InvalidError("trust", f"{school.name} belongs to {trust.name if trust else 'no trust'} already")
        locked.trust = trust
        locked.save(update_fields=["trust"])
        this.record(EventName.TRUST_CHANGED, locked, before=before, after=locked.trust_id)
    return locked


def _trust(slug: str | None) -> Site | None:
    if slug is None:
        return None
    trust = Site.objects.filter(slug=slug, kind=SiteKind.TRUST).first()
    if trust is None:
        raise InvalidError("trust", f"there is no trust called {slug}")
    return trust
