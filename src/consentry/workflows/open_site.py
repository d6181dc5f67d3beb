"""Open a site: the site itself, the business roles it starts with, and the code lists of its records."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.add_roles import add_roles
from consentry.records.actions.load_code_lists import load_code_lists
from consentry.records.writing.revision import take_revision
from consentry.schools.actions.add_site import NewSite, add_site, next_school_id
from consentry.schools.models import Site, SiteKind


def open_site(wanted: NewSite, *, by: Actor, at: datetime) -> Site:
    """A site that people can be added to and files imported into. Raises InvalidError for what cannot be."""
    with change(actor=by, at=at, school=next_school_id()) as this:
        site = add_site(this, wanted)
        add_roles(this, site)
        if site.kind == SiteKind.SCHOOL:
            entries = load_code_lists(this, revision=take_revision(this))
            this.record(EventName.RECORDS_LOADED, site, entries=entries)
    return site
