"""The business roles that the product comes with, and giving them to a new site."""

from dataclasses import dataclass

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.models import BusinessRole
from consentry.rules.permissions import Permission
from consentry.schools.models import Site, SiteKind

ADMINISTRATOR = "School Administrator"
TRUST_ADMINISTRATOR = "Trust Administrator"
TRUST_STAFF = "Trust Staff"
OFFICE = "Office Staff"
ATTENDANCE_OFFICER = "Attendance Officer"


@dataclass(frozen=True)
class ProductRole:
    """A business role as the product comes with it. `code` stays when a site gives the role another name."""

    code: str
    name: str
    permissions: tuple[Permission, ...]


PRODUCT_ROLES = {
    SiteKind.SCHOOL: (
        ProductRole(
            "school-administrator",
            ADMINISTRATOR,
            (
                Permission.SCHOOL_USER_ACCOUNTS,
                Permission.SCHOOL_GENERAL_ADMIN,
                Permission.SCHOOL_PERMISSIONS,
                Permission.STAFF_USER_DETAILS,
                Permission.DATA_RETURNS,
                Permission.ATTENDANCE_REGISTERS,
                Permission.INTEGRATIONS,
            ),
        ),
        ProductRole("office-staff", OFFICE, (Permission.DATA_RETURNS,)),
        ProductRole("attendance-officer", ATTENDANCE_OFFICER, (Permission.ATTENDANCE_REGISTERS,)),
    ),
    SiteKind.TRUST: (
        ProductRole(
            "trust-administrator",
            TRUST_ADMINISTRATOR,
            (Permission.GROUP_MANAGE_USERS, Permission.GROUP_LOGIN_TO_SCHOOLS, Permission.INTEGRATIONS),
        ),
        ProductRole("trust-staff", TRUST_STAFF, (Permission.GROUP_LOGIN_TO_SCHOOLS,)),
    ),
}


def add_roles(this: Change, site: Site) -> dict[str, BusinessRole]:
    """The roles of a site of this kind, by name, in an open change."""
    return {each.name: add_role(this, site, each) for each in PRODUCT_ROLES[SiteKind(site.kind)]}


def add_role(this: Change, site: Site, wanted: ProductRole) -> BusinessRole:
    """One role of the product, in an open change; numbered where the site calls another by its name."""
    permissions = [each.value for each in wanted.permissions]
    name = _free_name(site, wanted.name)
    role = BusinessRole.objects.create(school=site, code=wanted.code, name=name, permissions=permissions)
    this.record(EventName.ROLE_ADDED, role, permissions=permissions)
    return role


def _free_name(site: Site, name: str) -> str:
    taken = set(BusinessRole.objects.filter(school=site).values_list("name", flat=True))
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *numbered) if each not in taken)
