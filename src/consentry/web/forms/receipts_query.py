"""The part of the list of receipts that an address asks for. What is not understood falls back to the usual."""

from collections.abc import Mapping
from urllib.parse import urlencode

from consentry.connections.queries.receipts_list import SortedBy, Wanted
from consentry.rules.receipts import Decision
from consentry.web.forms.list_query import page_number, search
from consentry.web.forms.sorted_by import Sorting, sorting

_USUAL = Sorting(SortedBy.WHEN.value, descending=True)
_DECISIONS = {each.name.lower().replace("_", "-"): each for each in Decision}


def wanted_receipts(query: Mapping[str, str]) -> Wanted:
    """What `?q=…&decision=review-accepted&sort=app&page=2` wants."""
    order = sorting(query, [each.value for each in SortedBy], _USUAL)
    return Wanted(
        q=search(query),
        decision=_DECISIONS.get(query.get("decision", "")),
        sorted_by=SortedBy(order.by),
        descending=order.descending,
        page=page_number(query),
    )


def sort_of(wanted: Wanted) -> Sorting:
    """The sort of what is wanted."""
    return Sorting(wanted.sorted_by.value, wanted.descending)


def decisions() -> dict[str, str]:
    """The words of each decision, by how an address says it."""
    return {name: each.label for name, each in _DECISIONS.items()}


def said_decision(wanted: Wanted) -> str:
    """The decision of what is wanted, as an address says it; "" for any."""
    return next((name for name, each in _DECISIONS.items() if each is wanted.decision), "")


def query_of(wanted: Wanted, **other: str) -> str:
    """The query of the address of what is wanted, without its page and what is as usual; `other` replaces parts."""
    sort = sort_of(wanted)
    usual = {"q": wanted.q, "decision": said_decision(wanted), "sort": "" if sort == _USUAL else str(sort)}
    query = urlencode({name: value for name, value in (usual | other).items() if value})
    return f"?{query}" if query else ""
