"""The part of the list of a trust's people that an address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from consentry.rules.reach import SchoolAccess
from consentry.web.forms.list_query import page_number, search
from consentry.web.forms.sorted_by import Sorting, sorting

NAME, ACCESS = "name", "access"
USUAL = Sorting(NAME, descending=False)


@dataclass(frozen=True)
class WantedStaff:
    """What is looked for in names and e-mails, which access (None: any), how they are sorted, which page."""

    q: str
    access: SchoolAccess | None
    sorted_by: Sorting
    page: int


def wanted_staff(query: Mapping[str, str]) -> WantedStaff:
    """What `?q=…&access=some&sort=-name&page=2` wants; what is not understood falls back to the usual."""
    access = query.get("access", "")
    known = {each.value for each in SchoolAccess}
    return WantedStaff(
        search(query),
        SchoolAccess(access) if access in known else None,
        sorting(query, {NAME, ACCESS}, USUAL),
        page_number(query),
    )
