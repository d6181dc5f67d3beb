"""The part of the list of records that fail a check that an address asks for."""

from collections.abc import Mapping

from consentry.records.queries.readiness.failing import SortedBy, Wanted
from consentry.web.forms.list_query import page_number, search
from consentry.web.forms.sorted_by import Sorting, sorting

USUAL = Sorting(SortedBy.NAME.value, descending=False)


def wanted_failing(query: Mapping[str, str]) -> Wanted:
    """What `?q=…&sort=-detail&page=2` wants; what is not understood falls back to the usual."""
    order = sorting(query, {each.value for each in SortedBy}, USUAL)
    return Wanted(search(query), SortedBy(order.by), order.descending, page_number(query))


def sort_of(wanted: Wanted) -> Sorting:
    """How the list is sorted."""
    return Sorting(wanted.sorted_by.value, wanted.descending)
