"""The part of a list that an address asks for, where the list says itself what it can be filtered and sorted by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from consentry.partners.queries.listing import Wanted
from consentry.web.forms.list_query import page_number, search
from consentry.web.forms.sorted_by import Sorting, sorting


@dataclass(frozen=True)
class Choices:
    """What the list can be filtered by (the words for each value, by the name in the address) and sorted by."""

    filters: Mapping[str, Mapping[str, str]]
    sorts: Collection[str]
    usual: Sorting


def wanted_of(query: Mapping[str, str], choices: Choices) -> Wanted:
    """What `?q=…&state=waiting&sort=-since&page=2` wants. What is not understood falls back to the usual."""
    order = sorting(query, choices.sorts, choices.usual)
    chosen = {name: query.get(name, "") for name in choices.filters}
    known = {name: value if value in choices.filters[name] else "" for name, value in chosen.items()}
    return Wanted(order.by, order.descending, search(query), known, page_number(query))


def query_of(wanted: Wanted, choices: Choices, *, sort: str = "", page: str = "") -> str:
    """The query of an address that wants the same, sorted or paged otherwise where that is said."""
    order = sort or str(Sorting(wanted.by, wanted.descending))
    parts = {"q": wanted.q, **wanted.chosen, "sort": "" if order == str(choices.usual) else order, "page": page}
    kept = urlencode({name: value for name, value in parts.items() if value})
    return f"?{kept}" if kept else ""
