"""Bring the product's business roles at every site to what the product comes with now."""

from datetime import datetime

from consentry.audit.actor import SYSTEM
from consentry.audit.change import ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.people.actions.add_roles import PRODUCT_ROLES, ProductRole, add_role
from consentry.people.administrators import lock_roles
from consentry.people.models import BusinessRole
from consentry.schools.models import Site, SiteKind
from consentry.schools.queries import school_id


def update_roles(*, at: datetime) -> int:
    """Roles that a site is responsible for stay as they are, and so do names; how many roles were changed or added.

    A change of its own for each site, and none where all is as it should be: safe to run again and again.
    """
    return sum(_update(site, at) for site in _behind())


def _behind() -> list[Site]:
    """The sites where a role is missing or differs. Two queries, however many sites there are."""
    found: dict[int, dict[str, BusinessRole]] = {}
    for role in BusinessRole.objects.all():
        found.setdefault(role.school_id, {})[role.code] = role
    return [
        site
        for site in Site.objects.order_by("id")
        if any(_differs(found.get(site.id, {}).get(each.code), each) for each in PRODUCT_ROLES[SiteKind(site.kind)])
    ]


def _differs(role: BusinessRole | None, wanted: ProductRole) -> bool:
    return role is None or (not role.managed_by_site and set(role.permissions) != set(wanted.permissions))


def _update(site: Site, at: datetime) -> int:
    try:
        return _update_behind(site, at)
    except ChangeWithoutEventError:  # another run was quicker
        return 0


def _update_behind(site: Site, at: datetime) -> int:
    with change(actor=SYSTEM, at=at, school=school_id(site)) as this:
        roles = {role.code: role for role in lock_roles(site).values()}
        behind = [each for each in PRODUCT_ROLES[SiteKind(site.kind)] if _differs(roles.get(each.code), each)]
        for wanted in behind:
            role = roles.get(wanted.code)
            if role is None:
                add_role(this, site, wanted)
                continue
            before = set(role.permissions)
            role.permissions = [each.value for each in wanted.permissions]
            role.save(update_fields=["permissions"])
            this.record(
                EventName.ROLE_UPDATED,
                role,
                added=sorted(set(role.permissions) - before),
                taken_out=sorted(before - set(role.permissions)),
            )
    return len(behind)
