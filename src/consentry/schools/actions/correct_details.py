"""The operator corrects what a site says of itself, where nobody of the site can."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import ChangeWithoutEventError, change
from consentry.rules.invalid import InvalidError
from consentry.schools.actions.change_details import InvalidDetailsError, change_details, details_of
from consentry.schools.models import Site
from consentry.schools.queries import school_id, site_by_slug


def correct_details(slug: str, new: dict[str, str], *, by: Actor, at: datetime) -> Site:
    """These details, by the name of the field, are as given from now on; the others stay.

    Raises InvalidError for the first that cannot be, where there is no such site, and where all is so already.
    """
    try:
        site = site_by_slug(slug)
    except Site.DoesNotExist:
        raise InvalidError("site", f"there is no site called {slug}") from None
    try:
        with change(actor=by, at=at, school=school_id(site)) as this:
            before = details_of(site)
            change_details(this, site, type(before)(**(vars(before) | new)), seen=before.digest)
    except InvalidDetailsError as invalid:
        raise InvalidError(*next(iter(invalid.reasons.items()))) from invalid
    except ChangeWithoutEventError:
        raise InvalidError("site", "all of this is so already") from None
    site.refresh_from_db()
    return site
