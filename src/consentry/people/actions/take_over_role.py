"""A site takes responsibility for one of its business roles: from then on it alone changes what the role holds."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.give_role import one_of
from consentry.people.administrators import lock_roles
from consentry.people.models import BusinessRole
from consentry.people.party import Party, actor_of, check_party
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def take_over_role(site: Site, role_id: int, *, by: Party, at: datetime) -> BusinessRole:
    """The product's updates no longer reach the role; only the operator can hand it back.

    Raises NotPermittedError, BusinessRole.DoesNotExist for another site's, InvalidError where the site manages it
    already. Source: HC-4526559737885, "Assume responsibility for permissions".
    """
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        roles = lock_roles(site)
        check_party(by, site, Page.PERMISSIONS, timezone.localdate(at))
        role = one_of(roles, role_id)
        if role.managed_by_site:
            raise InvalidError("role", f"{role.name} is managed by {site.name} already")
        role.managed_by_site = True
        role.save(update_fields=["managed_by_site"])
        this.record(EventName.ROLE_TAKEN_OVER, role)
    return role
