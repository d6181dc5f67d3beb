"""Natural keys as SQL: of the records there are, as they are remembered, and of former records in the ids of today."""

from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter

from consentry.records.catalogue import name_of, record_models
from consentry.records.fields import AnyReference, Reference
from consentry.records.models.base import Record
from consentry.records.natural_keys import PEOPLE, AnyOf, Parts, natural_key

_TEXT_OF_ANY = "coalesce(a.reference || ' ', '') || a.text"


@cache
def in_order() -> tuple[type[Record], ...]:
    """All data types, each behind those that its key leads to."""
    return tuple(TopologicalSorter({model: leads_to(model) for model in record_models()}).static_order())


@cache
def leads_to(model: type[Record]) -> frozenset[type[Record]]:
    """The types of the records that stand in a key of this type."""
    key = natural_key(model)
    if isinstance(key, AnyOf):
        return frozenset(key.through)
    return frozenset(each for types in referenced(model, key).values() for each in types)


def referenced(model: type[Record], key: Parts) -> dict[int, tuple[type[Record], ...]]:
    """Of the parts that are references the place in the key, from 1, and the types that each may lead to."""
    found = ((place, _types(model, name.rstrip("?"))) for place, name in enumerate(key.names, start=1))
    return {place: types for place, types in found if types}


def _types(model: type[Record], name: str) -> tuple[type[Record], ...]:
    if isinstance(vars(model).get(name), AnyReference):
        return PEOPLE
    fields = [field for field in model._meta.get_fields() if isinstance(field, Reference) and field.name == name]
    return tuple(field.related_model for field in fields)  # type: ignore[misc]  # resolved by now


def remembered(model: type[Record]) -> str:
    """(id, key) of every record of the type at the school %(school)s; no key where a part of it is missing."""
    table, key = model._meta.db_table, natural_key(model)
    if isinstance(key, Parts):
        return (
            "select id, case when array_position(key, null) is null then key end as key "  # noqa: S608 - of our models
            f"from (select r.id, {_array([_column(model, name) for name in key.names])} as key "
            f"from {table} r where r.school_id = %(school)s) k"
        )
    return (
        "select r.id, k.key "  # noqa: S608 - of our models
        f"from {table} r left join (select a.id, array_agg(distinct {_TEXT_OF_ANY}) as key from ({key.sql}) a "
        "group by a.id) k on k.id = r.id where r.school_id = %(school)s"
    )


def of_today(model: type[Record]) -> str:
    """(id, key) of the records as they are found; several rows where any text is enough."""
    key = natural_key(model)
    if isinstance(key, Parts):
        return remembered(model)
    return f"select distinct a.id, array[{_TEXT_OF_ANY}] as key from ({key.sql}) a"  # noqa: S608 - of our models


def of_before(model: type[Record]) -> str:
    """(former_id, wipe, key) of the former records of the type that are not matched, in the ids of today.

    A reference to a former record that is not matched itself leaves NULL in the key, which matches nothing.
    """
    key = natural_key(model)
    return _parts_of_before(model, key) if isinstance(key, Parts) else _texts_of_before(model, key)


def _parts_of_before(model: type[Record], key: Parts) -> str:
    references = referenced(model, key)
    parts = [
        f"case when f.key[{place}] = '' then '' else m{place}.new_id::text end"
        if place in references
        else f"f.key[{place}]"
        for place in range(1, len(key.names) + 1)
    ]
    joined = "".join(
        f" left join records_formerrecord m{place} on {_is_former(f'm{place}', types)}"
        f" and m{place}.former_id = nullif(f.key[{place}], '')::bigint"
        for place, types in references.items()
    )
    return (
        f"select f.former_id, f.wipe, {_array(parts)} as key "  # noqa: S608 - of our models
        f"from records_formerrecord f{joined} where {_is_unmatched(model)}"
    )


def _texts_of_before(model: type[Record], key: AnyOf) -> str:
    text, joined = "f.text", ""
    if key.through:
        text = "m.new_id || substr(f.text, position(' ' in f.text))"
        joined = (
            f" join records_formerrecord m on {_is_former('m', key.through)}"
            " and m.former_id = split_part(f.text, ' ', 1)::bigint"
        )
    return (
        f"select f.former_id, f.wipe, array[{text}] as key from ("  # noqa: S608 - of our models
        "select f.former_id, f.wipe, unnest(f.key) as text from records_formerrecord f "
        f"where {_is_unmatched(model)}) f{joined}"
    )


def _is_unmatched(model: type[Record]) -> str:
    return f"{_is_former('f', (model,))} and f.match in ('missing', 'ambiguous')"


def _is_former(alias: str, types: tuple[type[Record], ...]) -> str:
    names = ", ".join(f"'{name_of(each)}'" for each in types)
    return f"{alias}.school_id = %(school)s and {alias}.entity_type in ({names})"


def _array(parts: list[str]) -> str:
    return f"array[{', '.join(parts)}]::text[]"


def _column(model: type[Record], name: str) -> str:
    """One part of a key as text: NULL where there is nothing, unless it may be empty."""
    plain = list(_named(model, name.rstrip("?")))
    if name.endswith("?"):
        plain.append("''")
    return plain[0] if len(plain) == 1 else f"coalesce({', '.join(plain)})"


def _named(model: type[Record], name: str) -> Iterator[str]:
    for each in name.split("|"):
        column = f"{each}_id" if _types(model, each) else each
        yield f"nullif(r.{column}::text, '')"
