"""The part of a list that an address asks for: search, sort, page. What is not understood falls back to the usual."""

from collections.abc import Mapping

from consentry.connections.queries.list_connections import SortedBy, Wanted
from consentry.rules.connection_life import State
from consentry.web.sentences import TABS

_LONGEST_SEARCH = 100
_MOST_DIGITS = 6


def wanted_list(state: State, query: Mapping[str, str]) -> Wanted:
    """What `?q=…&sort=-app&page=2` wants of the list in this state; a dash sorts the other way."""
    sort = query.get("sort", "")
    name = sort.removeprefix("-")
    is_known = name in _sortable(state)
    return Wanted(
        state=state,
        q=search(query),
        sorted_by=SortedBy(name) if is_known else SortedBy.WHEN,
        descending=sort.startswith("-") if is_known else True,
        page=page_number(query),
    )


def search(query: Mapping[str, str]) -> str:
    """What is looked for in the names of apps and companies, "" for nothing."""
    return query.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH]


def state_or_none(query: Mapping[str, str]) -> State | None:
    """The list that is asked for, None for all of them."""
    state = query.get("state", "")
    return State(state) if state in TABS else None


def page_number(query: Mapping[str, str]) -> int:
    """The page that is asked for, counting from 1."""
    text = query.get("page", "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return max(1, int(text)) if is_number else 1


def sort_of(wanted: Wanted) -> str:
    """The sort of an address, "" for the usual one."""
    if wanted.sorted_by is SortedBy.WHEN and wanted.descending:
        return ""
    return f"{'-' if wanted.descending else ''}{wanted.sorted_by.value}"


def _sortable(state: State) -> set[str]:
    return {each.value for each in SortedBy if each is not SortedBy.LAST_CALL or state is State.APPROVED}
