"""That a site always keeps somebody who can let others in: held over every change that could take the last away."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from consentry.people.models import BusinessRole, RoleAssignment
from consentry.people.queries.accounts import in_use
from consentry.rules.permissions import ADMINISTERS, LastAdministratorError
from consentry.schools.models import Site


def lock_roles(site: Site) -> dict[int, BusinessRole]:
    """The site's business roles by id, locked until the commit, always in the same order.

    Everything that changes what people of a site hold does this first, before it looks at what anybody holds: so that
    of two who take each other's role away at once, the second no longer may.
    """
    rows = BusinessRole.objects.filter(school=site).order_by("id").select_for_update(no_key=True)
    return {role.id: role for role in rows}


@contextmanager
def keeping_an_administrator(site: Site, on: date) -> Iterator[None]:
    """Raise LastAdministratorError when the block takes the last administrator of a site that has one.

    Call it with the site's roles locked.
    """
    had = has_administrator(site, on)
    yield
    if had and not has_administrator(site, on):
        raise LastAdministratorError(site.level)


def has_administrator(site: Site, on: date) -> bool:
    """Whether somebody enabled of the site's own people holds all that administers it, today and without end."""
    wanted = {each.value for each in ADMINISTERS[site.level]}
    endless = RoleAssignment.objects.filter(
        account__in=in_use().filter(school=site, trust=None),
        starts_on__lte=on,
        ends_on=None,
        role__permissions__overlap=sorted(wanted),
    )
    held: dict[int, set[str]] = defaultdict(set)
    for account, permissions in endless.values_list("account", "role__permissions"):
        held[account].update(permissions)
    return any(wanted <= each for each in held.values())
