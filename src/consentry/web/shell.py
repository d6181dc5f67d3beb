"""What surrounds every page of a site: its name, the person, the menu, how many notifications are unread."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.urls import reverse

from consentry.audit.reading import reading
from consentry.connections.queries.what_was_told import what_was_told
from consentry.records.queries.wipes import was_wiped
from consentry.rules.connection_life import State
from consentry.rules.pages import Page
from consentry.rules.permissions import Level
from consentry.web import addresses
from consentry.web.visit import Visit


class Place(Enum):
    """The page of the menu that is open."""

    HOME = "Home"
    NOTIFICATIONS = "Notifications"
    PARTNER_APPS = "Partner Apps (API Users)"
    RECEIPTS = "Receipts"
    DIRECTORY = "Partner directory"
    USERS = "Users"
    PERMISSIONS = "Permissions"
    LOGIN_HISTORY = "Login History"
    SCHOOLS = "Schools"
    APPS_BY_SCHOOL = "Partner Apps across schools"
    GROUP_STAFF = "Group Staff"
    SSO_SETTINGS = "SSO Settings"
    SCHOOL_DETAILS = "School Details"
    TRUST_DETAILS = "Trust Details"
    CALENDAR = "School Calendar"
    COURSES = "Courses"
    REGISTRATION_FORMS = "Registration forms"
    REGISTERS = "Registers"
    RETURNS = "Attendance API Submissions"
    MIGRATION = "From dummy to live"
    NOWHERE = ""


@dataclass(frozen=True)
class Row:
    """A line of the menu: `route` names the address, of which `then` is what follows the site's slug.

    It is shown to those who may use `page` at this site, where the site has such a page; to everybody without one.
    `level` is that of the sites whose menu has it; None for all. `group` is the heading within the section.
    """

    section: str
    place: Place
    route: str
    page: Page | None = None
    then: tuple[str, ...] = ()
    level: Level | None = None
    group: str = ""


MENU = (
    Row("Overview", Place.HOME, "home"),
    Row("Overview", Place.NOTIFICATIONS, "notifications"),
    Row("Trust", Place.APPS_BY_SCHOOL, "apps-by-school", Page.APPS_BY_SCHOOL),
    Row("Trust", Place.SCHOOLS, "schools", Page.SCHOOLS),
    Row("Trust", Place.GROUP_STAFF, "group-staff", Page.GROUP_STAFF),
    Row("System", Place.PARTNER_APPS, "partner-apps", then=(State.PENDING.value,)),
    Row("System", Place.DIRECTORY, "directory"),
    Row("System", Place.RECEIPTS, "receipts"),
    Row("System", Place.USERS, "users", Page.USERS),
    Row("System", Place.PERMISSIONS, "permissions", Page.PERMISSIONS),
    Row("System", Place.LOGIN_HISTORY, "login-history", Page.LOGIN_HISTORY),
    Row("System", Place.SSO_SETTINGS, "sso-settings", Page.SSO_SETTINGS),
    Row("School", Place.SCHOOL_DETAILS, "school-details", level=Level.SCHOOL),
    Row("School", Place.CALENDAR, "calendar", level=Level.SCHOOL),
    Row("School", Place.MIGRATION, "migration", Page.MIGRATION),
    Row("School", Place.COURSES, "courses", level=Level.SCHOOL, group="Programmes"),
    Row("School", Place.REGISTRATION_FORMS, "registration-forms", level=Level.SCHOOL, group="Programmes"),
    Row("School", Place.REGISTERS, "registers", Page.REGISTERS, group="Attendance"),
    Row("School", Place.RETURNS, "attendance-api-submissions", level=Level.SCHOOL, group="Data > Export"),
    Row("Trust", Place.TRUST_DETAILS, "school-details", level=Level.TRUST),
)
"""The whole menu: sections in the order in which they first occur, rows in theirs."""


def shell(visit: Visit, place: Place) -> dict[str, Any]:
    """The context that base.html names `shell`. Two queries at most, in a transaction of their own."""
    with reading(visit.school):
        unread = what_was_told(visit.account, visit.site, only_open=True).count()
        left_out = set() if _migrates(visit) else {Place.MIGRATION}
    trust = visit.account.trust
    return {
        "site": {
            "name": visit.site.name,
            "kind": visit.site.get_kind_display(),
            "is_dummy": visit.site.is_dummy,
            "home_url": addresses.home(visit.site.slug),
        },
        "trust": {"name": trust.name, "leave_url": reverse("leave-school", args=[visit.site.slug])} if trust else None,
        "notifications": {
            "url": reverse("notifications", args=[visit.site.slug]),
            "unread": unread,
        },
        "person": {
            "name": visit.user.name,
            "email": visit.user.email,
            "here_as": f"{visit.account.get_user_type_display()} from {trust.name}" if trust else "",
            "links": _own_links(visit),
            "sign_out_url": reverse("account_logout"),
        },
        "menu": list(_menu(visit, place, left_out)),
    }


def _own_links(visit: Visit) -> list[dict[str, str]]:
    """What a person's own menu leads to."""
    slug = visit.site.slug
    return [
        {"label": "Your sites", "url": reverse("start")},
        {"label": "Your profile here", "url": reverse("user", args=[slug, visit.account.id])},
        {"label": "Sign-in and security", "url": reverse("mfa_index")},
        {"label": "Your sign-ins", "url": reverse("own-sign-ins", args=[slug])},
        {"label": "Terms and conditions", "url": reverse("terms", args=[slug])},
    ]


def _migrates(visit: Visit) -> bool:
    """Whether the way from dummy to live is of use to this person here: at a dummy site, and at one that was wiped."""
    return visit.site.is_dummy or (visit.may(Page.MIGRATION) and was_wiped(visit.school))


def _menu(visit: Visit, place: Place, left_out: set[Place]) -> Iterator[dict[str, Any]]:
    sections: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in MENU:
        if row.place in left_out:
            continue
        if row.level in {None, visit.site.level} and (row.page is None or visit.may(row.page)):
            groups = sections.setdefault(row.section, {})
            groups.setdefault(row.group, []).append(_link(row, visit.site.slug, place))
    for section, groups in sections.items():
        yield {"label": section, "groups": [{"label": label, "links": links} for label, links in groups.items()]}


def _link(row: Row, slug: str, place: Place) -> dict[str, Any]:
    url = reverse(row.route, args=[slug, *row.then])
    return {"label": row.place.value, "url": url, "current": row.place is place}
