"""The operator lets somebody of a trust sign in to its schools: the first of a trust, who can then let others."""

from collections.abc import Sequence
from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.people.actions.set_school_access import set_school_access
from consentry.people.models import Account
from consentry.rules.invalid import InvalidError
from consentry.rules.reach import SchoolAccess, SchoolReach
from consentry.schools.models import Site, SiteKind
from consentry.schools.queries import school_id, schools_of


def grant_school_access(
    trust_slug: str, email: str, access: SchoolAccess, schools: Sequence[str] = (), *, by: Actor, at: datetime
) -> Account:
    """The person's account at the trust reaches all of its schools, those of these slugs, or none.

    Raises InvalidError for no such trust, person or school there, and for schools named without "some".
    """
    trust = Site.objects.filter(slug=trust_slug, kind=SiteKind.TRUST).first()
    if trust is None:
        raise InvalidError("trust", f"there is no trust called {trust_slug}")
    if schools and access is not SchoolAccess.SOME:
        raise InvalidError("schools", "schools are named with the access “some” only")
    with change(actor=by, at=at, school=school_id(trust)) as this:
        account = Account.objects.select_for_update(no_key=True, of=("self",)).select_related("user", "school")
        found = account.filter(school=trust, trust=None, user__email__iexact=email).first()
        if found is None:
            raise InvalidError("email", f"{email} has no account at {trust.name}")
        set_school_access(this, found, SchoolReach(access, _ids(trust, schools)))
    return found


def _ids(trust: Site, slugs: Sequence[str]) -> frozenset[int]:
    ids = dict(schools_of(trust).filter(slug__in=slugs).values_list("slug", "id"))
    unknown = sorted(set(slugs) - ids.keys())
    if unknown:
        raise InvalidError("schools", f"{trust.name} has no school called {', '.join(unknown)}")
    return frozenset(ids.values())
