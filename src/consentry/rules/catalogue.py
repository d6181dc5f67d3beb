"""What there is to disclose: data types and their fields, as plain facts that records/ reads off its models."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

Path = tuple[str, ...]
"""Field names from a data type through its references: ("person", "legalLastName")."""


class Kind(Enum):
    """What sort of value a field holds."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes or no"
    DATE = "date"
    DATE_TIME = "date and time"
    TIME = "time"
    REFERENCE = "reference"
    ANY_REFERENCE = "reference to any type"
    COLLECTION = "collection"
    TAGS = "tags"


@dataclass(frozen=True)
class Field:
    """One field. `target`: the data type that a reference or collection leads to; `special`: of a special category."""

    name: str
    label: str
    kind: Kind
    target: str | None = None
    special: bool = False


@dataclass(frozen=True)
class DataType:
    """A group of data that an app can ask for. `display` lists the alternatives of each part of its displayName."""

    name: str
    label: str
    plural: str
    collection: str
    fields: Mapping[str, Field]
    addressed_by: str = "id"
    display: tuple[tuple[Path, ...], ...] = ()

    @property
    def root(self) -> str:
        """Its name as a key in documents: the first letter in lower case, as the field's own apps say it."""
        return self.name[0].lower() + self.name[1:]

    @property
    def special_fields(self) -> frozenset[str]:
        """The names of its special-category fields."""
        return frozenset(name for name, field in self.fields.items() if field.special)


@dataclass(frozen=True)
class Catalogue:
    """All data types by name."""

    data_types: Mapping[str, DataType]

    def __iter__(self) -> Iterator[DataType]:
        return iter(self.data_types.values())

    def __getitem__(self, name: str) -> DataType:
        return self.data_types[name]

    def get(self, name: str | None) -> DataType | None:
        """The data type of this exact name, or None."""
        return None if name is None else self.data_types.get(name)
