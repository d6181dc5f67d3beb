"""What accounts may do on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from consentry.people.models import Account, AdHocPermission, PagePermissions, RoleAssignment, UserType
from consentry.people.queries.accounts import account_at, in_use
from consentry.rules.identity import SchoolId
from consentry.rules.pages import OPENED_BY, Opening, Page, opens
from consentry.rules.permissions import Level, NotPermittedError, Permission
from consentry.rules.reach import SchoolAccess, held_at_school
from consentry.schools.models import Site


def permissions_of(account: Account, on: date) -> frozenset[Permission]:
    """What the account may do at its site on this day.

    Its roles and single permissions of the day, combined, as far as they work at a site of this level. Those of an
    External Administrator are what they hold at the trust and carry into its schools, while their account there is
    enabled and reaches this school.
    """
    if account.user_type == UserType.EXTERNAL:
        return _carried(account, on)
    held = held_by(account, on)
    return frozenset(each for each in held if account.school.level in each.levels)


def held_by(account: Account, on: date) -> frozenset[Permission]:
    """All that the account's own roles and single permissions hold on this day, wherever it works."""
    roles = account.assignments.filter(current(on)).values_list("role__permissions", flat=True)
    single = account.ad_hoc_permissions.filter(current(on)).values_list("permission", flat=True)
    return frozenset(Permission(name) for names in (*roles, list(single)) for name in names)


def held_now_or_later(account: Account, on: date) -> frozenset[Permission]:
    """All that the account's own roles and single permissions hold on this day or will hold on a later one."""
    not_over = Q(ends_on=None) | Q(ends_on__gte=on)
    roles = account.assignments.filter(not_over).values_list("role__permissions", flat=True)
    single = account.ad_hoc_permissions.filter(not_over).values_list("permission", flat=True)
    return frozenset(Permission(name) for names in (*roles, list(single)) for name in names)


def _carried(account: Account, on: date) -> frozenset[Permission]:
    at_trust = account_at(account.user, SchoolId(account.trust_id)) if account.trust_id else None
    if at_trust is None or not reaches(at_trust, account.school):
        return frozenset()
    return held_at_school(held_by(at_trust, on))


def reaches(at_trust: Account, school: Site) -> bool:
    """Whether the school belongs to the trust of this account and is among those it may sign in to."""
    if school.trust_id != at_trust.school_id:
        return False
    if at_trust.school_access == SchoolAccess.SOME:
        return at_trust.reached_schools.filter(reached=school).exists()
    return at_trust.school_access == SchoolAccess.ALL


def accounts_permitted(school: SchoolId, permissions: Iterable[Permission], on: date) -> QuerySet[Account]:
    """The enabled accounts of this site's own people that hold any of the permissions on this day."""
    names = [each.value for each in permissions]
    roles = RoleAssignment.objects.filter(current(on), role__permissions__overlap=names).values("account")
    single = AdHocPermission.objects.filter(current(on), permission__in=names).values("account")
    return in_use().filter(Q(id__in=roles) | Q(id__in=single), school=school)


def opening_of(page: Page, level: Level) -> Opening:
    """What opens the page at a site of this level: the operator's choice, or as the product comes.

    Raises KeyError for a page that a site of this level does not have.
    """
    changed = PagePermissions.objects.filter(level=level, page=page).first()
    if changed is None:
        return OPENED_BY[level][page]
    return tuple(Permission(name) for name in changed.permissions)


def openings_at(level: Level) -> dict[Page, Opening]:
    """What opens each page of a site of this level. One query."""
    changed = PagePermissions.objects.filter(level=level)
    chosen = {Page(each.page): tuple(Permission(name) for name in each.permissions) for each in changed}
    return {page: chosen.get(page, opening) for page, opening in OPENED_BY[level].items()}


def sites_without(page: Page, level: Level, on: date) -> list[Site]:
    """The sites of this level that have people, none of whom may open the page today. Two queries and one a site."""
    opening = opening_of(page, level)
    peopled = Site.objects.filter(id__in=in_use().filter(trust=None).values("school")).order_by("name")
    of_level = [site for site in peopled if site.level == level]
    return [site for site in of_level if not accounts_permitted(SchoolId(site.id), opening, on).exists()]


def check_may(account: Account, site: Site, page: Page, on: date) -> None:
    """Raise NotPermittedError, naming what opens the page, unless the account is of this site and may use it today.

    Use cases ask this in the transaction of what they do, whatever a page showed before.
    """
    opening = opening_of(page, site.level)
    is_here = account.school_id == site.id and in_use().filter(id=account.id).exists()
    if not is_here or not opens(opening, permissions_of(account, on)):
        raise NotPermittedError(opening[0])


def current(on: date) -> Q:
    """Of rows that are in force from a day to another, or without end: those of this day."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))
