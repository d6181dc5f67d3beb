"""Change what a business role holds that the site is responsible for."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.give_role import held_through, one_of
from consentry.people.administrators import keeping_an_administrator, lock_roles
from consentry.people.models import BusinessRole
from consentry.people.party import Party, actor_of, check_gives, check_gives_until, check_party
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.permissions import Permission
from consentry.rules.reach import can_be_held_at
from consentry.schools.models import Site
from consentry.schools.queries import school_id

Permissions = frozenset[Permission]


def edit_role(
    site: Site, role_id: int, wanted: Permissions, *, seen: Permissions, by: Party, at: datetime
) -> BusinessRole:
    """The role holds the wanted permissions from now on, for everybody who has it; `seen` is what `by` had before them.

    Raises NotPermittedError, CannotGiveError for what is added or taken out and `by` does not hold,
    LastAdministratorError, BusinessRole.DoesNotExist for another site's, InvalidError where the product manages the
    role, where somebody changed it meanwhile, where nothing would change, and for what works at no site of this level.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        roles = lock_roles(site)
        check_party(by, site, Page.PERMISSIONS, today)
        role = one_of(roles, role_id)
        before = held_through(role)
        _check_can_be(site, role, wanted, seen)
        check_gives(by, before - wanted, today)
        check_gives_until(by, wanted - before, today, None)
        with keeping_an_administrator(site, today):
            role.permissions = [each.value for each in Permission if each in wanted]
            role.save(update_fields=["permissions"])
        this.record(
            EventName.ROLE_EDITED,
            role,
            added=sorted(each.value for each in wanted - before),
            taken_out=sorted(each.value for each in before - wanted),
        )
    return role


def _check_can_be(site: Site, role: BusinessRole, wanted: Permissions, seen: Permissions) -> None:
    before = held_through(role)
    if not role.managed_by_site:
        raise InvalidError("role", f"{role.name} is managed by Consentry; take responsibility for it first")
    if before != seen:
        raise InvalidError("permissions", "somebody changed this role meanwhile; look at it again")
    if before == wanted:
        raise InvalidError("permissions", "this is what the role holds already")
    strange = sorted(wanted - set(can_be_held_at(site.level)))
    if strange:
        raise InvalidError("permissions", f"these do not work at {site.name}: {', '.join(strange)}")
