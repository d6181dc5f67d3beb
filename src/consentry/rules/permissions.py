"""What people may be permitted to do, by the names the product shows."""

from enum import StrEnum


class Permission(StrEnum):
    """One permission; the value is the name that pages show and business roles hold."""

    SCHOOL_USER_ACCOUNTS = "School: User Accounts: Administer"
    SCHOOL_GENERAL_ADMIN = "School: General Admin: Administer"
    SCHOOL_PERMISSIONS = "School: Permissions: Administer"
    DATA_RETURNS = "Data Returns: Administer"
    INTEGRATIONS = "Integrations: Administer All Integrations"
    GROUP_MANAGE_USERS = "User Details: Manage All Users"
    GROUP_LOGIN_TO_SCHOOLS = "Group: Login to MIS: Associated institutions"


def decides_on_apps(*, is_trust: bool) -> Permission:
    """The permission that approving and rejecting apps needs at a site of this kind."""
    return Permission.GROUP_MANAGE_USERS if is_trust else Permission.SCHOOL_USER_ACCOUNTS


class NotPermittedError(Exception):
    """Somebody is to do what they lack the permission for; `missing` names it."""

    def __init__(self, missing: Permission) -> None:
        super().__init__(missing.value)
        self.missing = missing
