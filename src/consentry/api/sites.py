"""Which site a call is about: named by its path, or by a header for apps that keep one base URL."""

from functools import lru_cache

from consentry.rules.identity import SchoolId
from consentry.rules.slugs import is_usable
from consentry.schools.models import Site
from consentry.schools.queries import school_id, site_by_slug

HEADER = "x-mis-application-id"


@lru_cache(maxsize=10_000)
def site_named(slug: str) -> SchoolId:
    """The id of the site of this slug: it never changes. Raises Site.DoesNotExist, which is not remembered.

    The database is not asked for what cannot be a slug.
    """
    if not is_usable(slug):
        raise Site.DoesNotExist
    return school_id(site_by_slug(slug))


def find_site(slug: str) -> SchoolId | None:
    """The id of the site of this slug, or None."""
    try:
        return site_named(slug)
    except Site.DoesNotExist:
        return None
