"""How PostgreSQL goes about a page: along the key, so that a page of a large school costs what a page costs."""

from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg import sql

from consentry.api.rest_v2.parameters import read_listing
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.connections.reading.door import ENTER
from consentry.connections.reading.plans import Plan, plan_of
from consentry.connections.reading.statement import Value
from consentry.records.catalogue import catalogue
from consentry.rules.identity import SchoolId
from tests.api.rest_v2.conftest import World


def explained(world: World, plan: Plan, *, sorting: str) -> Any:
    """The plan that PostgreSQL keeps for this statement, as the service's transactions set it up."""
    version = _version(world)
    values: dict[str, Value] = {
        "school": world.site.id, "app": world.reader.app.id, "version": version, "credential": 1, "token": None,
        "pass": "true", "why": None, "size": 100, "skip": 0, "planning": plan.planning, "sorting": sorting,
    }  # fmt: skip
    with transaction.atomic():
        cursor = psycopg.RawCursor(connection.connection)
        cursor.execute(ENTER.sql, [str(values[name]) for name in ENTER.order])
        cursor.execute(f"prepare asked as {plan.statement.sql}".encode())
        given = sql.SQL(", ").join(sql.Literal(values[name]) for name in plan.statement.order)
        cursor.execute(sql.SQL("explain (format json) execute asked({})").format(given))
        row = cursor.fetchone()
        cursor.execute("deallocate asked")
    assert row is not None
    return row[0]


def _version(world: World) -> int:
    with reading(SchoolId(world.site.id)):
        version = Connection.objects.get(app=world.reader.app).version_id
    assert version is not None
    return version


def sorts(node: dict[str, Any]) -> Iterator[str]:
    """The sorts of the page's own rows; those of the collections inside a record are few rows each."""
    for inner in node.get("Plans", []):
        if not str(inner.get("Subplan Name", "")).startswith("SubPlan"):
            yield from sorts(inner)
    if "Sort" in node["Node Type"]:
        yield node["Node Type"]


def test_a_page_that_is_not_filtered_is_never_the_whole_school_sorted(world: World) -> None:
    left_to_itself = 0
    for data_type in catalogue():
        plan = plan_of(_version(world), read_listing(data_type, "").ask, "rest-v2")
        ((found,), (other,)) = (explained(world, plan, sorting=sorting) for sorting in (plan.sorting, "on"))
        assert list(sorts(found["Plan"])) == [], data_type.name
        left_to_itself += bool(list(sorts(other["Plan"])))

    assert left_to_itself > 0, "PostgreSQL would not have sorted anyway: this shows nothing"


def test_a_page_in_another_order_may_be_sorted(world: World) -> None:
    plan = plan_of(_version(world), read_listing(catalogue()["Student"], "order-property=studentNumber").ask, "rest-v2")

    assert plan.sorting == "on"
