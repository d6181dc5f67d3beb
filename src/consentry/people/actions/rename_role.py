"""Call a business role by the name a site uses for it."""

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

LONGEST = 60


def rename_role(site: Site, role_id: int, name: str, *, by: Party, at: datetime) -> BusinessRole:
    """The role has this name from now on; who manages it stays as it is.

    Raises NotPermittedError, BusinessRole.DoesNotExist for another site's, InvalidError for a name that is empty, too
    long, the one it has, or that of another role of the site, whatever the case of its letters.
    """
    wanted = " ".join(name.split())
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        roles = lock_roles(site)
        check_party(by, site, Page.PERMISSIONS, timezone.localdate(at))
        role = one_of(roles, role_id)
        others = {each.name.lower() for each in roles.values() if each.id != role.id}
        _check_name(wanted, role, others)
        before, role.name = role.name, wanted
        role.save(update_fields=["name"])
        this.record(EventName.ROLE_RENAMED, role, before=before)
    return role


def _check_name(wanted: str, role: BusinessRole, others: set[str]) -> None:
    if not wanted:
        raise InvalidError("name", "a role needs a name")
    if not wanted.isprintable():
        raise InvalidError("name", "the name holds signs that cannot be shown")
    if len(wanted) > LONGEST:
        raise InvalidError("name", f"a name has {LONGEST} letters at most")
    if wanted == role.name:
        raise InvalidError("name", "the role has this name already")
    if wanted.lower() in others:
        raise InvalidError("name", f"another role of this site is called {wanted}")
