"""The catalogue, read off the models at start-up: one source, nothing to keep in step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import models

from consentry.records.data_type import ALL, Declared
from consentry.records.fields import AnyReference, Reference
from consentry.records.models.base import Record
from consentry.rules.catalogue import Catalogue, DataType, Field, Kind, Path

_NOT_FIELDS = {"pk", "school", "id", "revision_id", "source_key"}

_KINDS: dict[type[models.Field[object, object]], Kind] = {
    models.DateTimeField: Kind.DATE_TIME,
    models.DateField: Kind.DATE,
    models.TimeField: Kind.TIME,
    models.BooleanField: Kind.YES_NO,
    models.IntegerField: Kind.NUMBER,
    models.DecimalField: Kind.NUMBER,
    models.FloatField: Kind.NUMBER,
    models.TextField: Kind.TEXT,
    models.CharField: Kind.TEXT,
}


@cache
def catalogue() -> Catalogue:
    """All data types by name, sorted."""
    data_types = [_data_type(model) for model in record_models()]
    return Catalogue({data_type.name: data_type for data_type in sorted(data_types, key=lambda each: each.name)})


@cache
def record_models() -> tuple[type[Record], ...]:
    """Every model that is a data type."""
    return tuple(model for model in apps.get_app_config("records").get_models() if issubclass(model, Record))


@cache
def model_of(data_type: str) -> type[Record]:
    """The model that holds this data type. Raises KeyError for a name the catalogue lacks."""
    return {name_of(model): model for model in record_models()}[data_type]


def declared(model: type[Record]) -> Declared:
    """What the model declares beyond its columns."""
    found: Declared = getattr(model, "data_type", Declared())
    return found


def name_of(model: type[Record]) -> str:
    """The data type's name: the model's own unless it declares another."""
    return declared(model).name or model.__name__


def camel_case(name: str) -> str:
    """`legal_first_name` as surfaces say it: legalFirstName."""
    first, *others = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in others)


def collection_name(data_type: str) -> str:
    """The collection's place in an address: dashed, lower case, plural."""
    return pluralised("".join(_dashed(data_type)))


def pluralised(name: str) -> str:
    """The naive plural that the apps of the field expect: Staff → Staffs, SenStatus → SenStatuses."""
    for ending, plural in (("ch", "ches"), ("s", "ses"), ("ay", "ays"), ("y", "ies")):
        if name.endswith(ending):
            return name.removesuffix(ending) + plural
    return name + "s"


def _dashed(name: str) -> Iterator[str]:
    for position, letter in enumerate(name):
        starts_word = letter.isupper() and position > 0 and name[position - 1] != "_"
        yield f"-{letter.lower()}" if starts_word else letter.lower()


def _data_type(model: type[Record]) -> DataType:
    stated = declared(model)
    name = name_of(model)
    return DataType(
        name=name,
        label=_capitalised(str(model._meta.verbose_name)),
        plural=_capitalised(str(model._meta.verbose_name_plural)),
        collection=collection_name(name),
        fields={field.name: field for field in _fields(model, stated)},
        addressed_by=stated.addressed_by,
        display=tuple(_alternatives(part) for part in stated.display),
    )


def _alternatives(part: str) -> tuple[Path, ...]:
    return tuple(tuple(path.split(".")) for path in part.split("|"))


def _fields(model: type[Record], stated: Declared) -> Iterator[Field]:
    """The model's own attributes in the order they were written, then its collections, revision and tags."""
    hidden = _NOT_FIELDS | set(_columns_of_references(model))
    for column in model._meta.get_fields():
        if isinstance(column, models.Field) and column.name not in hidden:
            yield _field(column, stated)
    for name in vars(model):
        if isinstance(reference := vars(model)[name], AnyReference):
            label = _capitalised(reference.verbose_name or name.replace("_", " "))
            yield Field(camel_case(name), label, Kind.ANY_REFERENCE, special=_is_special(camel_case(name), stated))
    for name, collection in stated.collections.items():
        yield Field(name, collection.label, Kind.COLLECTION, collection.data_type, special=_is_special(name, stated))
    yield Field("revisionId", "Revision", Kind.NUMBER)
    yield Field("userTags", "User tags", Kind.TAGS)


def _columns_of_references(model: type[Record]) -> Iterator[str]:
    """The raw columns behind references: they are not fields."""
    for field in model._meta.get_fields():
        if isinstance(field, Reference):
            yield f"{field.name}_id"
    for name, value in vars(model).items():
        if isinstance(value, AnyReference):
            yield from (f"{name}_type", f"{name}_id")


def _field(column: models.Field[object, object], stated: Declared) -> Field:
    name = camel_case(column.name)
    target = name_of(column.related_model) if isinstance(column, Reference) else None  # type: ignore[arg-type]
    kind = Kind.REFERENCE if target else next(kind for known, kind in _KINDS.items() if isinstance(column, known))
    return Field(name, _capitalised(str(column.verbose_name)), kind, target, special=_is_special(name, stated))


def _is_special(name: str, stated: Declared) -> bool:
    return stated.special == ALL or name in stated.special


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
