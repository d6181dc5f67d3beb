"""Which part of what was not matched is wanted, as an address says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from consentry.records.catalogue import catalogue

_LARGEST_PAGE = 10**6


@dataclass(frozen=True)
class WantedUnmatched:
    """Of one data type, or of all (""); a page of it."""

    data_type: str = ""
    page: int = 1


def wanted_unmatched(said: Mapping[str, str]) -> WantedUnmatched:
    """What the address says; what it says of nothing that there is, is passed over."""
    data_type, page = said.get("type", ""), said.get("page", "")
    is_page = page.isascii() and page.isdigit() and len(page) <= len(str(_LARGEST_PAGE))
    return WantedUnmatched(data_type if catalogue().get(data_type) else "", max(1, int(page)) if is_page else 1)
