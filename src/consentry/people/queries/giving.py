"""Who can give a permission to others: what somebody is told who lacks it."""

from datetime import date

from consentry.people.queries.permissions import accounts_permitted, opening_of
from consentry.rules.pages import Page
from consentry.rules.permissions import Permission
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def somebody_holds(site: Site, permission: Permission, on: date) -> bool:
    """Whether one of the site's own people holds this permission on this day."""
    return accounts_permitted(school_id(site), (permission,), on).exists()


def somebody_gives(site: Site, permission: Permission, on: date) -> bool:
    """Whether one of the site's own people can give it to others: they may give roles there, and hold it themselves."""
    may_give = accounts_permitted(school_id(site), opening_of(Page.PERMISSIONS, site.level), on)
    holders = accounts_permitted(school_id(site), (permission,), on)
    return may_give.filter(id__in=holders.values("id")).exists()
