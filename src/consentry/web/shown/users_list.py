"""The list of a site's users, as users/list.html shows it and as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.people.models import UserType
from consentry.people.queries.users import A_PAGE, Listed, ListedPage, SortedBy, Wanted
from consentry.web.downloads.table import Cell
from consentry.web.forms.sorted_by import sorting_column
from consentry.web.forms.users_query import query_of, sort_of, state_of
from consentry.web.sentences import moment_or_none
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import search_filter
from consentry.web.visit import Visit

_COLUMNS = (
    ("Name", SortedBy.NAME, ""),
    ("Email", SortedBy.EMAIL, ""),
    ("Type of user", SortedBy.TYPE, ""),
    ("Business roles today", None, ""),
    ("Most recent sign-in", SortedBy.LAST_SIGN_IN, "time"),
)
_FILE_COLUMNS = ("Name", "Email", "Type of user", "Trust", "Business roles today", "Most recent sign-in", "Enabled")

Roles = Iterable[tuple[int, str]]


def shown_users(visit: Visit, wanted: Wanted, page: ListedPage, roles: Roles) -> dict[str, Any]:
    """The context that the template names `listing`."""
    address = reverse("users", args=[visit.site.slug])
    return {
        "search": _search(wanted, address, roles),
        "columns": [_column(wanted, address, *each) for each in _COLUMNS],
        "users": [_row(visit, each) for each in page.rows],
        "pagination": paging(
            page.number, page.total, A_PAGE, "user", lambda number: address + query_of(wanted, page=str(number))
        ),
        "downloads": downloads(_what(wanted), *(_file(visit, wanted, kind) for kind in ("csv", "xlsx"))),
        "add_url": reverse("user-add", args=[visit.site.slug]),
    }


def users_table(rows: Iterable[Listed]) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each; times are in the site's time, as 2026-11-03 14:05."""
    yield _FILE_COLUMNS
    for each in rows:
        came = f"{timezone.localtime(each.last_sign_in):%Y-%m-%d %H:%M}" if each.last_sign_in else ""
        yield (
            each.name, each.email, str(each.user_type.label), each.trust, ", ".join(each.roles), came,
            "Yes" if each.enabled else "No",
        )  # fmt: skip


def _file(visit: Visit, wanted: Wanted, kind: str) -> str:
    return reverse("users-list", args=[visit.site.slug, kind]) + query_of(wanted)


def _what(wanted: Wanted) -> str:
    return "What is shown" if _is_filtered(wanted) else "All users"


def _is_filtered(wanted: Wanted) -> bool:
    return bool(wanted.q or wanted.user_type or wanted.role) or wanted.enabled is not None


def _search(wanted: Wanted, address: str, roles: Roles) -> dict[str, Any]:
    sort = query_of(Wanted(sorted_by=wanted.sorted_by, descending=wanted.descending))
    types = {each.value: str(each.label) for each in UserType}
    return {
        "action": address,
        "q": wanted.q,
        "hidden": [{"name": "sort", "value": str(sort_of(wanted))}] if sort else [],
        "filters": [
            search_filter("type", "Type of user", types, wanted.user_type or ""),
            search_filter("state", "Account", {"enabled": "Enabled", "disabled": "Disabled"}, state_of(wanted)),
            search_filter(
                "role", "Role held today", {str(number): name for number, name in roles}, str(wanted.role or "")
            ),
        ],
        "active": _is_filtered(wanted),
        "clear_url": address + sort,
    }


def _column(wanted: Wanted, address: str, label: str, by: SortedBy | None, kind: str) -> dict[str, str]:
    if by is None:
        return {"label": label, "kind": kind, "url": "", "sorted": ""}

    def sorted_address(sort: str) -> str:
        return address + query_of(wanted, sort=sort)

    return sorting_column(label, by.value, sort_of(wanted), sorted_address, kind=kind)


def _row(visit: Visit, each: Listed) -> dict[str, Any]:
    return {
        "name": each.name,
        "url": reverse("user", args=[visit.site.slug, each.id]),
        "email": each.email,
        "user_type": str(each.user_type.label),
        "trust": each.trust,
        "roles": list(each.roles),
        "last_sign_in": moment_or_none(each.last_sign_in, visit.at),
        "tag": _tag(each),
    }


def _tag(each: Listed) -> dict[str, str] | None:
    if not each.enabled:
        return {"label": "Disabled", "tone": "bad"}
    return {"label": "Invited", "tone": "notice"} if each.is_invited else None
