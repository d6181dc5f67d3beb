"""Give a new site the business roles that every site starts with."""

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.models import BusinessRole
from consentry.rules.permissions import Permission
from consentry.schools.models import Site, SiteKind

ADMINISTRATOR = "School Administrator"
TRUST_ADMINISTRATOR = "Trust Administrator"
OFFICE = "Office Staff"

STARTING_ROLES = {
    SiteKind.SCHOOL: {
        ADMINISTRATOR: [
            Permission.SCHOOL_USER_ACCOUNTS,
            Permission.SCHOOL_GENERAL_ADMIN,
            Permission.SCHOOL_PERMISSIONS,
            Permission.DATA_RETURNS,
            Permission.INTEGRATIONS,
        ],
        OFFICE: [Permission.DATA_RETURNS],
    },
    SiteKind.TRUST: {
        TRUST_ADMINISTRATOR: [Permission.GROUP_MANAGE_USERS, Permission.GROUP_LOGIN_TO_SCHOOLS],
    },
}


def add_roles(this: Change, site: Site) -> dict[str, BusinessRole]:
    """The roles of a site of this kind, by name, in an open change."""
    roles = {}
    for name, permissions in STARTING_ROLES[SiteKind(site.kind)].items():
        roles[name] = BusinessRole.objects.create(
            school=site, name=name, permissions=[each.value for each in permissions]
        )
        this.record(EventName.ROLE_ADDED, roles[name], permissions=[each.value for each in permissions])
    return roles
