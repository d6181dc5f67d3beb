"""The pages of a list, as components/pagination.html shows them."""

from collections.abc import Callable
from typing import Any

from consentry.web.sentences import counted

_NEAR = 2


def paging(
    number: int, total: int, size: int, noun: str, address: Callable[[int], str], *, many: str = ""
) -> dict[str, Any]:
    """Page `number` of `total` things, `size` to a page; `address` makes the address of a page.

    `many` is for nouns that take no s.
    """
    last = max(1, -(-total // size))
    first_row, last_row = (number - 1) * size + 1, min(number * size, total)
    counted_all = counted(total, noun, many)
    return {
        "sentence": counted_all if last == 1 else f"{first_row} to {last_row} of {counted_all}",
        "previous_url": address(number - 1) if number > 1 else "",
        "next_url": address(number + 1) if number < last else "",
        "pages": _pages(number, last, address),
    }


def _pages(number: int, last: int, address: Callable[[int], str]) -> list[dict[str, Any]]:
    near = {1, last, *range(max(1, number - _NEAR), min(last, number + _NEAR) + 1)}
    pages: list[dict[str, Any]] = []
    before = 0
    for page in sorted(near):
        if page > before + 1:
            pages.append({"gap": True})
        pages.append({"number": page, "url": address(page), "current": page == number, "gap": False})
        before = page
    return pages
