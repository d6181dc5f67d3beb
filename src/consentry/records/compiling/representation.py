"""How a record is written as JSON: identity first, then each field that may leave, in the catalogue's order."""

from collections.abc import Iterator

from django.db.models import Expression, F
from django.db.models.expressions import Combinable

from consentry.records.catalogue import catalogue
from consentry.records.compiling.collections import Gathered, members
from consentry.records.compiling.display import display_name
from consentry.records.compiling.json_text import Joined, Written, literal, quoted, value_text
from consentry.records.compiling.lookups import attribute
from consentry.records.compiling.tags import tags_text
from consentry.records.compiling.tree import Shown
from consentry.rules.catalogue import DataType, Field, Kind

ROOT = "/rest-v2"
"""Where hrefs start; they never carry the site's prefix, because apps take them apart by position."""


def record_text(shown: Shown, way: str = "") -> Joined:
    """The record that Django's lookup `way` leads to ("" or "person__"), as a JSON object; NULL where there is none."""
    return Joined("{", *_identity(shown, way), *_fields(shown, way), "}")


def opened_ids(shown: Shown, way: str = "") -> Iterator[tuple[str, Combinable]]:
    """For each record or collection opened up inside: its data type, and its ids as text with commas between."""
    for name, inner in shown.opened.items():
        if shown.data_type.fields[name].kind is Kind.COLLECTION:
            gathered = members(shown.data_type, name)
            yield inner.data_type.name, Gathered(gathered, Written("{}::text", F("id")), way, between=",")
            for data_type, ids in opened_ids(inner):
                yield data_type, Gathered(gathered, ids, way, between=",")
            continue
        step = f"{way}{attribute(shown.data_type.name, name)}__"
        yield inner.data_type.name, Written("{}::text", F(f"{step}id"))
        yield from opened_ids(inner, step)


def _identity(shown: Shown, way: str) -> Iterator[str | Combinable]:
    yield f'"entityType":{quoted(shown.data_type.name)},"href":'
    yield _href(shown.data_type, way)
    yield ',"id":'
    yield Written("{}::text", F(f"{way}id"))
    if shown.named:
        yield ',"displayName":'
        yield display_name(shown.data_type, way)


def _href(data_type: DataType, way: str) -> Expression:
    base = f"{ROOT}/{data_type.collection}/"
    if data_type.addressed_by == "id":
        return Joined(f'"{base}', Written("{}::text", F(f"{way}id")), '"')
    code = F(way + attribute(data_type.name, data_type.addressed_by))
    return Written(f"to_json({literal(base)} || replace({{}}, ' ', '_'))::text", code)


def _fields(shown: Shown, way: str) -> Iterator[str | Combinable]:
    for field in shown.fields:
        yield f",{quoted(field.name)}:"
        yield _field(shown, field, way)


def _field(shown: Shown, field: Field, way: str) -> Expression:
    inner = shown.opened.get(field.name)
    if field.kind is Kind.TAGS:
        return tags_text(shown.data_type.name, way)
    if field.kind is Kind.COLLECTION:
        return _collection(shown.data_type, field, inner, way)
    column = way + attribute(shown.data_type.name, field.name)
    if field.kind is Kind.ANY_REFERENCE:
        return _any_reference(column)
    if field.kind is Kind.REFERENCE:
        return Written("coalesce({}, 'null')", record_text(inner, f"{column}__") if inner else _stub(field, column))
    return value_text(field.kind, F(column))


def _collection(data_type: DataType, field: Field, inner: Shown | None, way: str) -> Expression:
    target = catalogue()[field.target or ""]
    identity = Joined(f'{{"entityType":{quoted(target.name)},"href":', _href(target, ""), "}")
    body = record_text(inner) if inner else identity
    return Joined("[", Gathered(members(data_type, field.name), body, way, between=","), "]")


def _stub(field: Field, column: str) -> Expression:
    """A reference that is not opened up: the identity of what it leads to. It takes a join for codes only."""
    target = catalogue()[field.target or ""]
    start = f'{{"entityType":{quoted(target.name)},"href":'
    if target.addressed_by == "id":
        return Joined(f'{start}"{ROOT}/{target.collection}/', Written("{}::text", F(f"{column}_id")), '"}')
    return Joined(start, _href(target, f"{column}__"), "}")


def _any_reference(column: str) -> Expression:
    """A reference to a record of any type: its kind and number are columns of their own."""
    cases = " ".join(f"when {literal(each.name)} then {literal(each.collection)}" for each in catalogue())
    collection = Written(f"(case {{}} {cases} end)", F(f"{column}_type"))
    number = Written("{}::text", F(f"{column}_id"))
    text = Joined('{"entityType":"', F(f"{column}_type"), f'","href":"{ROOT}/', collection, "/", number, '"}')
    return Written("coalesce({}, 'null')", text)
