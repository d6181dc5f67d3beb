"""A disclosure as a tree: what is shown of the data type asked for, and of each record opened up inside it."""

from __future__ import annotations

from dataclasses import dataclass

from consentry.records.catalogue import catalogue
from consentry.rules.catalogue import DataType, Field, Path
from consentry.rules.disclosure import Disclosure


@dataclass(frozen=True)
class Shown:
    """One data type as it will be written: its fields, whether its displayName may stand, and what is opened inside."""

    data_type: DataType
    fields: tuple[Field, ...]
    named: bool
    opened: dict[str, Shown]


def tree_of(disclosure: Disclosure, path: Path = ()) -> Shown:
    """The tree below this path (the empty path: the data type asked for)."""
    data_type = _data_type_at(disclosure, path)
    names = disclosure.shown[path]
    below = [inner for inner in disclosure.shown if inner[:-1] == path and inner != ()]
    return Shown(
        data_type=data_type,
        fields=tuple(data_type.fields[name] for name in names),
        named=path in disclosure.named,
        opened={inner[-1]: tree_of(disclosure, inner) for inner in below},
    )


def _data_type_at(disclosure: Disclosure, path: Path) -> DataType:
    here = catalogue()[disclosure.data_type]
    for name in path:
        here = catalogue()[here.fields[name].target or ""]
    return here
