"""Somebody of a site changes its School Details."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import ChangeWithoutEventError, change
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.pages import Page
from consentry.schools.actions.change_details import Details, change_details
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def edit_details(site: Site, wanted: Details, *, seen: str, by: Account, at: datetime) -> tuple[str, ...]:
    """The site says this of itself from now on; the names of what is new, none where nothing is.

    Raises NotPermittedError, InvalidDetailsError, and ChangedMeanwhileError where `seen`, the digest of what the person
    had before them, is no longer what the site says.
    """
    try:
        with change(actor=acting(by), at=at, school=school_id(site)) as this:
            check_may(by, site, Page.SCHOOL_DETAILS, timezone.localdate(at))
            return change_details(this, site, wanted, seen=seen)
    except ChangeWithoutEventError:
        return ()
