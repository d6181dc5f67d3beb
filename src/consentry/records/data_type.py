"""What a record's model declares about its data type beyond its columns."""

from dataclasses import dataclass, field

ALL = frozenset({"*"})
"""Stands for every field of the data type."""


@dataclass(frozen=True)
class Collection:
    """A field that lists the records of another type which point here through their reference `by` (attribute name)."""

    data_type: str
    by: str
    label: str


@dataclass(frozen=True)
class Declared:
    """A model's `data_type = Declared(...)`. Field names are camelCase as surfaces say them.

    name: the data type's name where it is not the model's own (`UkDfe_UpnAssignment`).
    special: its special-category fields (UK GDPR Article 9: health, ethnicity, religion; and SEN), or ALL.
    display: the paths that its displayName is made of, joined by spaces; `a|b` takes the first that is not empty.
    addressed_by: the field whose value stands in its href (`code` for code lists).
    collections: its fields that list other records.
    """

    name: str = ""
    special: frozenset[str] = frozenset()
    display: tuple[str, ...] = ()
    addressed_by: str = "id"
    collections: dict[str, Collection] = field(default_factory=dict)
