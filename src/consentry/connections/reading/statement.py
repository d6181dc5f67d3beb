"""A compiled statement with numbered places, ready to be prepared, and the binding of a call's values to it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consentry.records.compiling.places import Place

Value = str | int | bool | None | Sequence[str]
"""What a place can be filled with. A sequence becomes an SQL array."""


@dataclass(frozen=True)
class Statement:
    """`sql` with $1, $2, …; `order[i]` names the value for $i+1."""

    sql: str
    order: tuple[str, ...]

    def bind(self, values: Mapping[str, Value]) -> list[bytes | None]:
        """The values in order, as text that PostgreSQL reads. Raises KeyError when one is missing."""
        return [
            b"%d" % value if (value := values[name]).__class__ is int else _text(value)  # most are ids
            for name in self.order
        ]


def number_places(sql: str, parameters: Sequence[object]) -> Statement:
    """Replace each `%s` by the $n of its place, the same number for the same place, and `%%` by `%`."""
    order: dict[str, int] = {}
    coming = iter(parameters)

    def written(mark: re.Match[str]) -> str:
        if mark.group() == "%%":
            return "%"
        place = next(coming)
        if not isinstance(place, Place):
            raise TypeError(place)
        return f"${order.setdefault(place.name, len(order) + 1)}"

    return Statement(re.sub("%[%s]", written, sql), tuple(order))


def _text(value: Value) -> bytes | None:
    if isinstance(value, str):
        return value.encode()
    if value is None:
        return None
    if isinstance(value, int):
        return str(value).encode()
    return ("{" + ",".join(map(_element, value)) + "}").encode()


def _element(text: str) -> str:
    """One element of an array literal (PostgreSQL documentation, 8.15.6)."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
