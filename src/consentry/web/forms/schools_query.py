"""The part of the list of a trust's schools that an address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from consentry.web.forms.list_query import page_number, search
from consentry.web.forms.sorted_by import Sorting, sorting

NAME, WAITING, APPROVED = "name", "waiting", "approved"
USUAL = Sorting(NAME, descending=False)


@dataclass(frozen=True)
class WantedSchools:
    """What is looked for in the names of schools, how they are sorted, which page."""

    q: str
    sorted_by: Sorting
    page: int


def wanted_schools(query: Mapping[str, str]) -> WantedSchools:
    """What `?q=…&sort=-waiting&page=2` wants; what is not understood falls back to the usual."""
    return WantedSchools(search(query), sorting(query, {NAME, WAITING, APPROVED}, USUAL), page_number(query))
