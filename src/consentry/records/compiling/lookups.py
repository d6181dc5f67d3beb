"""From a path of the catalogue to the models: which attribute, which field, which data type it ends in."""

from dataclasses import dataclass
from functools import cache

from consentry.records.catalogue import camel_case, catalogue, model_of
from consentry.rules.catalogue import DataType, Field, Kind, Path

ID = Field("id", "Id", Kind.NUMBER)
"""The record's number: part of its identity, so it can be filtered and sorted on wherever the data type may be read."""


@dataclass(frozen=True)
class End:
    """Where a path ends: the field there, the data type that has it, and Django's name for the way."""

    data_type: DataType
    field: Field
    lookup: str


def attribute(data_type: str, field: str) -> str:
    """The model's attribute behind a field: legalFirstName → legal_first_name."""
    return _attributes(data_type)[field]


@cache
def _attributes(data_type: str) -> dict[str, str]:
    model = model_of(data_type)
    names = [column.name for column in model._meta.get_fields()] + list(vars(model))
    return {camel_case(name): name for name in [*names, "user_tags"]}


def prefix_of(data_type: DataType, path: Path) -> tuple[str, DataType]:
    """Django's way through the references of this path ("person__title__"), and the data type it leads to."""
    way, here = "", data_type
    for name in path:
        way += attribute(here.name, name) + "__"
        target = here.fields[name].target
        here = catalogue()[target or ""]
    return way, here


def end_of(data_type: DataType, path: Path) -> End:
    """Where this path ends. The last step is a field (or `id`) of what the steps before lead to."""
    way, here = prefix_of(data_type, path[:-1])
    name = path[-1]
    if name == "id":
        return End(here, ID, way + "id")
    return End(here, here.fields[name], way + attribute(here.name, name))
