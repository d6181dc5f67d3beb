"""Paths as callers write them, followed through the catalogue."""

from consentry.api.rest_v2.problems import QueryError
from consentry.records.catalogue import catalogue
from consentry.rules.catalogue import DataType, Field, Kind, Path

_ID = Field("id", "Id", Kind.NUMBER)
LONGEST_NAME = 100
"""Longer than any field's name. Names shape the plans that are kept, so callers must not choose how large those are."""


def check_names(parameter: str, path: Path) -> None:
    """Raise QueryError for a name that no field can have by its length."""
    if any(len(name) > LONGEST_NAME for name in path):
        raise QueryError(parameter, f"holds a name longer than {LONGEST_NAME} characters")


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
