"""For every field of the catalogue: an app that was granted all but that one never gets at it, on any way (RS-02).

An app of the n-th column was granted everything but the n-th field of every data type; so every (data type, field) of
the catalogue is asked for by an app that lacks it and has all others of that data type.
"""

from collections.abc import Iterator

import pytest

from consentry.partners.actions.publish_version import AskedRow
from consentry.records.catalogue import catalogue
from consentry.rules.asks import Ask, Filter, Operator, Order
from consentry.rules.catalogue import DataType, Field, Kind, Path
from consentry.rules.disclosure import decide
from consentry.rules.grants import Action, Grant
from tests.api.calls import Answered, Client
from tests.api.rest_v2.awkward_records import fill
from tests.api.rest_v2.conftest import World, open_world
from tests.world import READ, add_app

WIDEST = max(len(data_type.fields) for data_type in catalogue())
MATRIX = [
    (data_type.name, field, column)
    for data_type in catalogue()
    for column, field in enumerate(data_type.fields)
    if len(data_type.fields) > 1
]


@pytest.fixture(scope="module")
def full_world(module_database: str) -> World:
    """A school with records of every data type."""
    world = open_world()
    fill(world.site)
    return world


@pytest.fixture(scope="module")
def without(full_world: World) -> list[Client]:
    """For each column the app that lacks the field of this column in every data type."""
    return [
        full_world.connect(add_app(f"Without {column}", rows=list(rows_without(column)))) for column in range(WIDEST)
    ]


def rows_without(column: int) -> Iterator[AskedRow]:
    for data_type in catalogue():
        fields = [name for position, name in enumerate(data_type.fields) if position != column]
        yield AskedRow(data_type.name, fields, READ)


def query_by(field: Field) -> str | None:
    """A filter on this field that would be fine if it were granted, or None where it cannot be filtered on."""
    name = f"filters.{field.name}.equals"
    if field.kind is Kind.COLLECTION:
        return None
    return "filters.tags.any=1" if field.kind is Kind.TAGS else f"{name}=NULL"


def names_it(answered: Answered, data_type: str, field: str) -> bool:
    return answered.status == 403 and f"`{data_type}.{field}`" in answered.message


@pytest.mark.parametrize(("name", "field", "column"), MATRIX, ids=[f"{name}.{field}" for name, field, _ in MATRIX])
def test_a_field_that_was_not_granted_is_never_got_at(
    without: list[Client], name: str, field: str, column: int
) -> None:
    client, data_type = without[column], catalogue()[name]

    listing = client.get(data_type.collection, "page-size=3")
    assert listing.status == 200
    (rows,) = listing.json.values()
    assert rows
    assert all(field not in row and set(data_type.fields) - {field} <= set(row) for row in rows)
    assert field in (listing.header("Consentry-Withheld") or "").split(", ")
    for query in ways_to(data_type.fields[field]):
        assert names_it(client.get(data_type.collection, query), name, field), query
        assert names_it(client.get(f"{data_type.collection}/1", query), name, field) or not query.startswith("fields")


def ways_to(field: Field) -> Iterator[str]:
    yield f"fields={field.name}"
    yield f"expand={field.name}"
    if filtered := query_by(field):
        yield filtered
    if field.kind not in {Kind.COLLECTION, Kind.TAGS, Kind.ANY_REFERENCE}:
        yield f"order-property={field.name}"
        yield f"order-property={field.name}&order-direction=desc&fields=id"


EVERYTHING = {each.name: Grant(each.name, frozenset(each.fields), frozenset({Action.READ})) for each in catalogue()}


def paths_over(data_type: DataType, field: str) -> Iterator[tuple[str, Path]]:
    """Every path of two steps that uses the field: as its first, or as its second behind any reference."""
    target = catalogue().get(data_type.fields[field].target)
    yield data_type.name, (field,)
    if target:
        yield data_type.name, (field, "id")
    for other in catalogue():
        for step in other.fields.values():
            if step.target == data_type.name and step.kind is Kind.REFERENCE:
                yield other.name, (step.name, field)


@pytest.mark.parametrize(("name", "field", "column"), MATRIX, ids=[f"{name}.{field}" for name, field, _ in MATRIX])
def test_no_path_leads_round_a_field_that_was_not_granted(name: str, field: str, column: int) -> None:
    all_but_one = frozenset(EVERYTHING[name].fields) - {field}
    grants = EVERYTHING | {name: Grant(name, all_but_one, EVERYTHING[name].actions)}

    for start, path in paths_over(catalogue()[name], field):
        for ask in (
            Ask(start, filters=(Filter(path, Operator.EQUALS),)),
            Ask(start, order=Order(path)),
            Ask(start, expanded=(path,)),
        ):
            refused = decide(ask, grants, catalogue()).refused
            assert (name, field) in {(each.data_type, each.field) for each in refused}
        opened = decide(
            Ask(start, expanded=(path[:-1],) if len(path) > 1 and path[-1] == field else ()), grants, catalogue()
        )
        assert field not in opened.shown.get(path[:-1], ())


def test_without_any_grant_on_a_data_type_nothing_of_it_is_seen(full_world: World) -> None:
    client = full_world.connect(add_app("Alone", rows=[AskedRow("Country", ["code"], READ)]))
    for data_type in catalogue():
        if data_type.name == "Country":
            continue
        answered = client.get(data_type.collection)
        assert (answered.status, answered.kind) == (403, "PermissionMissing")
        assert f"`{data_type.name}`" in answered.message
