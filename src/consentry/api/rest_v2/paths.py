"""Paths as callers write them, followed through the catalogue."""

from consentry.records.catalogue import catalogue
from consentry.rules.catalogue import DataType, Field, Kind, Path

_ID = Field("id", "Id", Kind.NUMBER)


def field_at(data_type: DataType, path: Path) -> Field | None:
    """The field at the end of the path; None where there is none (which the decision then says, with its reason)."""
    here: DataType | None = data_type
    found: Field | None = None
    for name in path:
        if here is None:
            return None
        found = _ID if name == "id" else here.fields.get(name)
        if found is None:
            return None
        here = catalogue().get(found.target)
    return found


def kind_at(data_type: DataType, path: Path) -> Kind | None:
    """What that field holds, or None."""
    found = field_at(data_type, path)
    return None if found is None else found.kind
