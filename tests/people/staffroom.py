"""A school's people for the tests of roles and accounts: short words for what an administrator does to them."""

from datetime import date, timedelta

from django.utils import timezone
from tests.world import NOW, account_of

from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.end_role import end_role
from consentry.people.actions.give_role import give_role
from consentry.people.models import Account, BusinessRole, RoleAssignment, User
from consentry.people.queries.permissions import permissions_of
from consentry.rules.periods import Period
from consentry.rules.permissions import Permission
from consentry.schools.models import Site
from consentry.schools.queries import school_id

TODAY = timezone.localdate(NOW)
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def role(site: Site, name: str) -> BusinessRole:
    """The site's role of this name."""
    return BusinessRole.objects.get(school=site, name=name)


def held(person: User, site: Site, on: date = TODAY) -> frozenset[Permission]:
    """What the person may do at the site on this day."""
    return permissions_of(account_of(person, site), on)


def assignment(person: User, site: Site) -> RoleAssignment:
    """The one role that the person holds at the site."""
    return account_of(person, site).assignments.get()


def give(
    person: User, name: str, *, by: User, site: Site, starts_on: date = TODAY, ends_on: date | None = None
) -> RoleAssignment:
    """One person gives another a role of the site."""
    return give_role(
        site,
        account_of(person, site).id,
        role(site, name).id,
        Period(starts_on, ends_on),
        by=account_of(by, site),
        at=NOW,
    )


def end_now(person: User, *, by: User, site: Site, ends_on: date | None = None) -> RoleAssignment:
    """One person ends the one role of another."""
    account = account_of(person, site)
    return end_role(site, account.id, account.assignments.get().id, ends_on=ends_on, by=account_of(by, site), at=NOW)


def told(site: Site) -> list[str]:
    """The names of the site's events, the last one first."""
    with reading(school_id(site)):
        return list(Event.objects.filter(school_id=site.id).order_by("-number").values_list("name", flat=True))


def at_site(person: User, site: Site) -> Account:
    """The account of the person there."""
    return Account.objects.select_related("user", "school", "trust").get(user=person, school=site)
