"""What people may be permitted to do, by the names the product shows, and at which level each works."""

from enum import StrEnum


class Level(StrEnum):
    """Where a permission works: at a school's site, or at a trust's own."""

    SCHOOL = "school"
    TRUST = "trust"


class Permission(StrEnum):
    """One permission; the value is the name that pages show and business roles hold."""

    SCHOOL_USER_ACCOUNTS = "School: User Accounts: Administer"
    SCHOOL_GENERAL_ADMIN = "School: General Admin: Administer"
    SCHOOL_PERMISSIONS = "School: Permissions: Administer"
    STAFF_USER_DETAILS = "Staff: User Details: Administer"
    DATA_RETURNS = "Data Returns: Administer"
    ATTENDANCE_REGISTERS = "Attendance: Registers: Administer"
    INTEGRATIONS = "Integrations: Administer All Integrations"
    GROUP_MANAGE_USERS = "User Details: Manage All Users"
    GROUP_LOGIN_TO_SCHOOLS = "Group: Login to MIS: Associated institutions"

    @property
    def levels(self) -> frozenset[Level]:
        """At which sites it works."""
        return _LEVELS[self]


_SCHOOL, _TRUST = frozenset({Level.SCHOOL}), frozenset({Level.TRUST})

_LEVELS = {
    Permission.SCHOOL_USER_ACCOUNTS: _SCHOOL,
    Permission.SCHOOL_GENERAL_ADMIN: _SCHOOL,
    Permission.SCHOOL_PERMISSIONS: _SCHOOL,
    Permission.STAFF_USER_DETAILS: _SCHOOL,
    Permission.DATA_RETURNS: _SCHOOL,
    Permission.ATTENDANCE_REGISTERS: _SCHOOL,
    Permission.INTEGRATIONS: _SCHOOL | _TRUST,
    Permission.GROUP_MANAGE_USERS: _TRUST,
    Permission.GROUP_LOGIN_TO_SCHOOLS: _TRUST,
}

ADMINISTERS = {
    Level.SCHOOL: frozenset({Permission.SCHOOL_USER_ACCOUNTS, Permission.SCHOOL_PERMISSIONS}),
    Level.TRUST: frozenset({Permission.GROUP_MANAGE_USERS}),
}
"""What somebody at every site must hold without end: who holds all of it can let others in and mend everything else."""


class NotPermittedError(Exception):
    """Somebody is to do what they lack the permission for; `missing` names it."""

    def __init__(self, missing: Permission) -> None:
        super().__init__(missing.value)
        self.missing = missing


class LastAdministratorError(Exception):
    """Nobody of a site's own people would be left who holds all that administers it, today and without end."""

    def __init__(self, level: Level) -> None:
        super().__init__(
            "Nobody would be left to administer this site. Somebody of its own people must hold "
            f"{' and '.join(f'“{each}”' for each in sorted(ADMINISTERS[level]))} without an end date. "
            "Give these to somebody else first."
        )
