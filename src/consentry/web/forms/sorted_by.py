"""How an address says what a list is sorted by: `?sort=name`, and `?sort=-name` the other way round."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sorting:
    """What a list is sorted by, and which way."""

    by: str
    descending: bool

    def __str__(self) -> str:
        return f"{'-' if self.descending else ''}{self.by}"


def sorting(query: Mapping[str, str], known: Collection[str], usual: Sorting) -> Sorting:
    """The sort of an address; the usual one where it says none, or one that is not known."""
    text = query.get("sort", "")
    name = text.removeprefix("-")
    return Sorting(name, text.startswith("-")) if name in known else usual


def sorting_column(
    label: str, by: str, now: Sorting, address: Callable[[str], str], *, kind: str = ""
) -> dict[str, str]:
    """A column of components/table.html that sorts; `address` makes the address for what it is handed."""
    is_sorted = now.by == by
    turned = not now.descending if is_sorted else kind == "number"
    order = "descending" if now.descending else "ascending"
    url = address(str(Sorting(by, turned)))
    return {"label": label, "kind": kind, "url": url, "sorted": order if is_sorted else ""}
