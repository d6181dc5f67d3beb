"""Which permission opens which page: one table, which the operator can change.

The product's own help pages disagree about some of them; the table as it stands here is the one of the help page on
managing third-party integrations.
"""

from collections.abc import Mapping
from enum import StrEnum

from consentry.rules.permissions import Level, Permission


class Page(StrEnum):
    """A page, or a part of one, that not everybody at a site may use. The value is its name in commands and tables."""

    PARTNER_APPS = "partner-apps"
    USERS = "users"
    PERMISSIONS = "permissions"
    LOGIN_HISTORY = "login-history"
    SSO_SETTINGS = "sso-settings"
    SCHOOL_DETAILS = "school-details"
    PROGRAMMES = "programmes"
    CALENDAR = "calendar"
    REGISTERS = "registers"
    DATA_RETURNS = "data-returns"
    MIGRATION = "migration"
    SCHOOLS = "schools"
    APPS_BY_SCHOOL = "apps-by-school"
    GROUP_STAFF = "group-staff"


TITLES = {
    Page.PARTNER_APPS: "Approving and rejecting apps under Partner Apps (API Users)",
    Page.USERS: "Users",
    Page.PERMISSIONS: "Business roles and permissions",
    Page.LOGIN_HISTORY: "Login History",
    Page.SSO_SETTINGS: "SSO Settings",
    Page.SCHOOL_DETAILS: "Changing School Details",
    Page.PROGRAMMES: "Changing subjects, short names and year groups under Programmes",
    Page.CALENDAR: "Changing the School Calendar",
    Page.REGISTERS: "Registers: seeing and changing attendance marks",
    Page.DATA_RETURNS: "Attendance API Submissions: giving and removing consent, and sending",
    Page.MIGRATION: "From dummy to live",
    Page.SCHOOLS: "Schools: signing in to a school from the trust",
    Page.APPS_BY_SCHOOL: "Partner Apps across schools",
    Page.GROUP_STAFF: "Group Staff: which schools each person reaches",
}

Opening = tuple[Permission, ...]
"""Any one of these opens the page; the first is the one that is named to somebody who has none."""

OPENED_BY: Mapping[Level, Mapping[Page, Opening]] = {
    Level.SCHOOL: {
        Page.PARTNER_APPS: (Permission.SCHOOL_USER_ACCOUNTS, Permission.GROUP_MANAGE_USERS),
        Page.USERS: (Permission.SCHOOL_USER_ACCOUNTS, Permission.GROUP_MANAGE_USERS),
        Page.PERMISSIONS: (Permission.SCHOOL_PERMISSIONS,),
        Page.LOGIN_HISTORY: (Permission.SCHOOL_USER_ACCOUNTS, Permission.GROUP_MANAGE_USERS),
        Page.SSO_SETTINGS: (Permission.SCHOOL_USER_ACCOUNTS, Permission.GROUP_MANAGE_USERS),
        Page.SCHOOL_DETAILS: (Permission.SCHOOL_GENERAL_ADMIN,),
        Page.PROGRAMMES: (Permission.SCHOOL_GENERAL_ADMIN,),
        Page.CALENDAR: (Permission.SCHOOL_GENERAL_ADMIN,),
        Page.REGISTERS: (Permission.ATTENDANCE_REGISTERS,),
        Page.DATA_RETURNS: (Permission.DATA_RETURNS,),
        Page.MIGRATION: (Permission.SCHOOL_GENERAL_ADMIN,),
    },
    Level.TRUST: {
        Page.PARTNER_APPS: (Permission.GROUP_MANAGE_USERS,),
        Page.USERS: (Permission.GROUP_MANAGE_USERS,),
        Page.PERMISSIONS: (Permission.GROUP_MANAGE_USERS,),
        Page.LOGIN_HISTORY: (Permission.GROUP_MANAGE_USERS,),
        Page.SSO_SETTINGS: (Permission.GROUP_MANAGE_USERS,),
        Page.SCHOOL_DETAILS: (Permission.GROUP_MANAGE_USERS,),
        Page.SCHOOLS: (Permission.GROUP_LOGIN_TO_SCHOOLS,),
        Page.APPS_BY_SCHOOL: (Permission.GROUP_MANAGE_USERS,),
        Page.GROUP_STAFF: (Permission.GROUP_MANAGE_USERS,),
    },
}
"""As the product comes. A page that a level does not name does not exist there."""


def opens(opening: Opening, held: frozenset[Permission]) -> bool:
    """Whether somebody who holds these permissions may use a page that these open."""
    return not held.isdisjoint(opening)
