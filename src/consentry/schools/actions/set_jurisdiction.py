"""The operator says in which part of the kingdom a school is: whose bank holidays and attendance codes hold for it."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.rules.invalid import InvalidError
from consentry.rules.jurisdictions import Jurisdiction
from consentry.schools.actions.set_life import lock_site
from consentry.schools.models import Site, SiteKind
from consentry.schools.queries import school_id


def set_jurisdiction(slug: str, jurisdiction: Jurisdiction, *, by: Actor, at: datetime) -> Site:
    """The school is there from now on.

    Raises InvalidError where there is no such school, and where it is so already.
    """
    school = Site.objects.filter(slug=slug, kind=SiteKind.SCHOOL).first()
    if school is None:
        raise InvalidError("school", f"there is no school called {slug}")
    with change(actor=by, at=at, school=school_id(school)) as this:
        locked = lock_site(this)
        before = locked.law
        if before is jurisdiction:
            raise InvalidError("jurisdiction", f"{school.name} is in {jurisdiction.label} already")
        locked.jurisdiction = jurisdiction.value
        locked.save(update_fields=["jurisdiction"])
        this.record(EventName.JURISDICTION_CHANGED, locked, before=before.value, after=jurisdiction.value)
    return locked
