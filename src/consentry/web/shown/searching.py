"""What components/search.html shows, and the addresses of a list as it is searched."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode


def search_filter(name: str, label: str, values: Mapping[str, str], chosen: str) -> dict[str, Any]:
    """One filter: the words for each value, and "All" for none."""
    options = {"": "All", **values}
    return {
        "name": name,
        "label": label,
        "options": [{"value": value, "label": words, "selected": value == chosen} for value, words in options.items()],
    }


def with_query(address: str, said: Mapping[str, object]) -> str:
    """The address with what is said of the list behind it; what is empty is left out."""
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{address}?{query}" if query else address
