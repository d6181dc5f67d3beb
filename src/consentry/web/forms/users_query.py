"""The part of the list of users that an address asks for. What is not understood falls back to the usual."""

from collections.abc import Mapping
from urllib.parse import urlencode

from consentry.people.models import UserType
from consentry.people.queries.users import SortedBy, Wanted
from consentry.web.forms.list_query import page_number, search
from consentry.web.forms.sorted_by import Sorting, sorting

USUAL = Sorting(SortedBy.NAME.value, descending=False)
ENABLED = {"enabled": True, "disabled": False}
_MOST_DIGITS = 18


def wanted_users(query: Mapping[str, str]) -> Wanted:
    """What `?q=…&type=staff&state=enabled&role=4&sort=-last-sign-in&page=2` wants."""
    order = sorting(query, {each.value for each in SortedBy}, USUAL)
    user_type, role = query.get("type", ""), query.get("role", "")
    is_number = role.isascii() and role.isdecimal() and len(role) <= _MOST_DIGITS
    return Wanted(
        q=search(query),
        user_type=UserType(user_type) if user_type in UserType.values else None,
        enabled=ENABLED.get(query.get("state", "")),
        role=int(role) if is_number else None,
        sorted_by=SortedBy(order.by),
        descending=order.descending,
        page=page_number(query),
    )


def sort_of(wanted: Wanted) -> Sorting:
    """How the list is sorted."""
    return Sorting(wanted.sorted_by.value, wanted.descending)


def state_of(wanted: Wanted) -> str:
    """The state of an address, "" for all."""
    return next((name for name, enabled in ENABLED.items() if enabled is wanted.enabled), "")


def query_of(wanted: Wanted, *, sort: str = "", page: str = "") -> str:
    """The query of an address that wants the same, sorted or paged otherwise where that is said."""
    order = sort or str(sort_of(wanted))
    parts = {
        "q": wanted.q,
        "type": wanted.user_type.value if wanted.user_type else "",
        "state": state_of(wanted),
        "role": str(wanted.role or ""),
        "sort": "" if order == str(USUAL) else order,
        "page": page,
    }
    kept = urlencode({name: value for name, value in parts.items() if value})
    return f"?{kept}" if kept else ""
