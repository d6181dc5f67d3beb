"""What surrounds the rows of a list of the operator's desk or of the directory: search, columns, pages, files."""

from dataclasses import dataclass
from typing import Any, TypeVar

from consentry.partners.queries.listing import A_PAGE, Page, Wanted
from consentry.web.forms.desk_query import Choices, query_of
from consentry.web.forms.sorted_by import Sorting, sorting_column
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import search_filter

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it sorts by ("" for nothing), and its kind (components/table.html)."""

    label: str
    by: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Listing:
    """What a list is: where it and its files (CSV, XLSX) stand, its noun (one, many), columns, labels of filters.

    `size` is how many rows a page has.
    """

    address: str
    files: tuple[str, str]
    nouns: tuple[str, str]
    columns: tuple[Column, ...]
    choices: Choices
    labels: dict[str, str]
    size: int = A_PAGE


def shown_listing(listing: Listing, wanted: Wanted, page: Page[Row]) -> dict[str, Any]:
    """The parts `search`, `columns`, `pagination` and `downloads` of the context that templates name `listing`."""
    choices, address = listing.choices, listing.address
    is_filtered = bool(wanted.q or any(wanted.chosen.values()))
    here = query_of(wanted, choices)
    sort = query_of(Wanted(wanted.by, wanted.descending), choices)
    return {
        "search": {
            "action": address,
            "q": wanted.q,
            "hidden": [{"name": "sort", "value": str(Sorting(wanted.by, wanted.descending))}] if sort else [],
            "filters": [
                search_filter(name, listing.labels[name], values, wanted.chosen.get(name, ""))
                for name, values in choices.filters.items()
            ],
            "active": is_filtered,
            "clear_url": address + sort,
        },
        "columns": [_column(each, listing, wanted) for each in listing.columns],
        "pagination": paging(
            page.number,
            page.total,
            listing.size,
            listing.nouns[0],
            lambda number: address + query_of(wanted, choices, page=str(number)),
            many=listing.nouns[1],
        ),
        "downloads": downloads(
            "What is shown" if is_filtered else f"All {listing.nouns[1]}", *(f"{file}{here}" for file in listing.files)
        ),
    }


def _column(column: Column, listing: Listing, wanted: Wanted) -> dict[str, str]:
    if not column.by:
        return {"label": column.label, "kind": column.kind, "url": "", "sorted": ""}

    def address(sort: str) -> str:
        return listing.address + query_of(wanted, listing.choices, sort=sort)

    return sorting_column(column.label, column.by, Sorting(wanted.by, wanted.descending), address, kind=column.kind)
