"""The part of the table of apps by schools that an address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from consentry.rules.connection_life import State
from consentry.web.forms.list_query import page_number, search, state_or_none
from consentry.web.forms.sorted_by import Sorting, sorting

NAME, WAITING = "app", "waiting"
USUAL = Sorting(NAME, descending=False)


@dataclass(frozen=True)
class WantedApps:
    """What is looked for in names of apps and companies, the state at one school at least, the order, the page.

    `school` is the slug of the school of which that is asked alone, "" for all of them.
    """

    q: str
    state: State | None
    school: str
    sorted_by: Sorting
    page: int


def wanted_apps(query: Mapping[str, str]) -> WantedApps:
    """What `?q=…&state=pending&school=oakfield&sort=-waiting&page=2` wants; what is not understood is as usual."""
    return WantedApps(
        search(query),
        state_or_none(query),
        query.get("school", ""),
        sorting(query, {NAME, WAITING}, USUAL),
        page_number(query),
    )
