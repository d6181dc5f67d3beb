"""Let the product manage a business role again that a site was responsible for: by the operator alone."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.add_roles import PRODUCT_ROLES
from consentry.people.administrators import keeping_an_administrator, lock_roles
from consentry.people.models import BusinessRole
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site, SiteKind
from consentry.schools.queries import school_id


def hand_back_role(site: Site, name: str, *, at: datetime) -> BusinessRole:
    """The role of this name or code holds what the product comes with, and is kept up to date. It keeps its name.

    Raises LastAdministratorError, InvalidError for no such role and for one that the product manages already.
    """
    with change(actor=OPERATOR, at=at, school=school_id(site)) as this:
        roles = lock_roles(site).values()
        role = next((each for each in roles if name in {each.name, each.code}), None)
        if role is None:
            names = ", ".join(sorted(each.name for each in roles))
            raise InvalidError("role", f"{site.name} has no role {name}; it has {names}")
        if not role.managed_by_site:
            raise InvalidError("role", f"{role.name} is managed by Consentry already")
        comes_as = {each.code: each for each in PRODUCT_ROLES[SiteKind(site.kind)]}[role.code]
        with keeping_an_administrator(site, timezone.localdate(at)):
            role.managed_by_site = False
            role.permissions = [each.value for each in comes_as.permissions]
            role.save(update_fields=["managed_by_site", "permissions"])
        this.record(EventName.ROLE_HANDED_BACK, role, permissions=role.permissions)
    return role
