"""The part of the list of linked people that an address asks for. What is not understood falls back to the usual."""

from collections.abc import Mapping

from consentry.people.queries.people_linked import SortedBy, Wanted
from consentry.web.forms.list_query import page_number, search
from consentry.web.forms.sorted_by import Sorting, sorting

USUAL = Sorting(SortedBy.NAME.value, descending=False)


def wanted_people(query: Mapping[str, str]) -> Wanted:
    """What `?q=…&sort=-linked&page=2` wants."""
    order = sorting(query, {each.value for each in SortedBy}, USUAL)
    return Wanted(search(query), SortedBy(order.by), order.descending, page_number(query))


def sort_of(wanted: Wanted) -> Sorting:
    """How the list is sorted."""
    return Sorting(wanted.sorted_by.value, wanted.descending)
