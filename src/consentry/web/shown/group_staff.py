"""Group Staff, as trust/group_staff.html and trust/school_access.html show it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from consentry.people.queries.group_staff import StaffMember
from consentry.rules.permissions import Permission
from consentry.rules.reach import SchoolAccess, SchoolReach
from consentry.web.downloads.table import Cell
from consentry.web.forms.school_access import WORDS
from consentry.web.forms.sorted_by import sorting_column
from consentry.web.forms.staff_query import ACCESS, NAME, USUAL, WantedStaff
from consentry.web.sentences import joined
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import search_filter, with_query
from consentry.web.visit import Visit

A_PAGE = 20
_NAMED = 3
_CANNOT_SIGN_IN = f"Cannot sign in to schools yet: lacks “{Permission.GROUP_LOGIN_TO_SCHOOLS.value}”."

Schools = Mapping[int, str]


def wanted_members(staff: Iterable[StaffMember], wanted: WantedStaff) -> list[StaffMember]:
    """Those with the wanted words in name or e-mail and the wanted access, in the wanted order."""
    q, order = wanted.q.casefold(), list(SchoolAccess)
    found = [
        each
        for each in staff
        if (q in each.name.casefold() or q in each.email.casefold()) and wanted.access in {None, each.reach.access}
    ]
    if wanted.sorted_by.by == ACCESS:
        return sorted(found, key=lambda each: order.index(each.reach.access), reverse=wanted.sorted_by.descending)
    return sorted(found, key=lambda each: each.name.casefold(), reverse=wanted.sorted_by.descending)


def access_in_words(reach: SchoolReach, schools: Schools) -> str:
    """As in "All schools", "Oakfield and Brook Lane", "5 of 8 schools", "No schools"."""
    if reach.access is not SchoolAccess.SOME or not reach.schools:
        return WORDS[SchoolAccess.NONE if reach.access is SchoolAccess.SOME else reach.access]
    names = [name for number, name in schools.items() if number in reach.schools]
    return joined(names) if len(names) <= _NAMED else f"{len(names)} of {len(schools)} schools"


def shown_staff(visit: Visit, staff: list[StaffMember], schools: Schools, wanted: WantedStaff) -> dict[str, Any]:
    """The context that the template names `listing`."""
    number = min(wanted.page, max(1, -(-len(staff) // A_PAGE)))
    start = (number - 1) * A_PAGE
    files = [_address(visit, wanted, route="group-staff-file", kind=kind) for kind in ("csv", "xlsx")]
    return {
        "search": _search(visit, wanted),
        "columns": _columns(visit, wanted),
        "staff": [_row(visit, each, schools) for each in staff[start : start + A_PAGE]],
        "pagination": paging(
            number, len(staff), A_PAGE, "account", lambda page: _address(visit, wanted, page=str(page))
        ),
        "downloads": downloads("Group Staff", *files),
    }


def _search(visit: Visit, wanted: WantedStaff) -> dict[str, Any]:
    access = {each.value: WORDS[each] for each in SchoolAccess}
    sort = [] if wanted.sorted_by == USUAL else [{"name": "sort", "value": str(wanted.sorted_by)}]
    return {
        "action": reverse("group-staff", args=[visit.site.slug]),
        "q": wanted.q,
        "hidden": sort,
        "filters": [search_filter("access", "School access", access, wanted.access or "")],
        "active": bool(wanted.q or wanted.access),
        "clear_url": _address(visit, wanted, q="", access=""),
    }


def _address(visit: Visit, wanted: WantedStaff, *, route: str = "group-staff", kind: str = "", **query: str) -> str:
    said = {
        "q": wanted.q,
        "access": wanted.access.value if wanted.access else "",
        "sort": "" if wanted.sorted_by == USUAL else str(wanted.sorted_by),
    }
    return with_query(reverse(route, args=[visit.site.slug, kind] if kind else [visit.site.slug]), said | query)


def _columns(visit: Visit, wanted: WantedStaff) -> list[dict[str, str]]:
    def address(sort: str) -> str:
        return _address(visit, wanted, sort=sort)

    return [
        sorting_column("Name", NAME, wanted.sorted_by, address),
        {"label": "Email", "kind": "", "url": "", "sorted": ""},
        sorting_column("School access", ACCESS, wanted.sorted_by, address),
    ]


def _row(visit: Visit, member: StaffMember, schools: Schools) -> dict[str, Any]:
    return {
        "name": member.name,
        "email": member.email,
        "url": reverse("school-access", args=[visit.site.slug, member.id]),
        "is_disabled": not member.enabled,
        "access": access_in_words(member.reach, schools),
        "note": "" if member.may_sign_in or not member.enabled else _CANNOT_SIGN_IN,
    }


def staff_table(staff: Iterable[StaffMember], schools: Schools) -> Iterator[tuple[Cell, ...]]:
    """The list as a file: every school by name."""
    yield ("Name", "Email", "Enabled", "School access", "Schools", "Holds the permission to sign in to schools")
    for each in staff:
        names = [name for number, name in schools.items() if number in each.reach.schools]
        yield (
            each.name, each.email, "Yes" if each.enabled else "No", WORDS[each.reach.access], "; ".join(names),
            "Yes" if each.may_sign_in else "No",
        )  # fmt: skip


def shown_member(visit: Visit, member: StaffMember, schools: Schools, own: SchoolReach) -> dict[str, Any]:
    """The context that the template names `member`; `own` is what the person who looks reaches."""
    own_names = [name for number, name in schools.items() if own.reaches(number)]
    is_own = member.id == visit.account.id
    limit = "" if own.access is SchoolAccess.ALL else _limit(own_names)
    return {
        "name": member.name,
        "email": member.email,
        "is_disabled": not member.enabled,
        "access": access_in_words(member.reach, schools),
        "note": "" if member.may_sign_in else _CANNOT_SIGN_IN,
        "url": reverse("school-access", args=[visit.site.slug, member.id]),
        "back_url": reverse("group-staff", args=[visit.site.slug]),
        "limit": limit,
        "why_not": "Your own access can be changed by somebody else only." if is_own else _nothing(own_names, own),
    }


def _limit(names: list[str]) -> str:
    return f"You can give and take away what you reach yourself: {joined(names)}." if names else ""


def _nothing(names: list[str], own: SchoolReach) -> str:
    is_shut = not names and own.access is not SchoolAccess.ALL
    return "You reach no school yourself, so you cannot give any to others." if is_shut else ""
