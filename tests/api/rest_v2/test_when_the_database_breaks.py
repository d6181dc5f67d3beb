"""A database that goes away costs the calls of that moment, with a clear answer; afterwards all is as before."""

import threading
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection, connections

from consentry.api.authenticate import _caller_of
from consentry.connections.reading import line as line_module
from consentry.connections.reading import plans
from consentry.connections.reading.line import TooCostlyError, line
from consentry.connections.reading.statement import Statement
from tests.api.calls import Answered, call
from tests.api.rest_v2.conftest import World
from tests.databases import administer
from tests.fresh_process import forget_everything


def end_the_connection() -> None:
    """End the server's side of this thread's connection, as a restart does."""
    connection.ensure_connection()
    number = connection.connection.info.backend_pid
    with connections["owner"].cursor() as owner:
        owner.execute("select pg_terminate_backend(%s, 5000)", [number])
        assert owner.fetchone() == (True,)


def check_away(answered: Answered) -> None:
    assert answered.status == 503
    assert answered.kind == "Unavailable"
    assert answered.header("Retry-After") == "2"
    assert b"Ada" not in answered.body


def test_a_connection_that_was_ended_costs_one_call(world: World) -> None:
    for _ in range(3):
        assert world.reader.get("students").status == 200
        end_the_connection()
        check_away(world.reader.get("students"))
    assert len(world.reader.rows("students")) == 3


def test_a_connection_that_was_ended_before_anything_is_known_costs_one_call(world: World) -> None:
    end_the_connection()
    forget_everything()
    check_away(world.reader.get("students"))

    assert world.reader.get("students").status == 200


LOOK_UPS: dict[str, Callable[[World], Answered]] = {
    "an unknown user": lambda world: world.reader.get("students", Authorization="Basic bm9ib2R5Onh4"),
    "an unknown token": lambda world: world.reader.get("students", Authorization="Bearer nothing"),
    "an unknown site": lambda _: call("/nowhere/rest-v2/students"),
}


@pytest.mark.parametrize("look_up", LOOK_UPS.values(), ids=LOOK_UPS)
def test_a_look_up_on_an_ended_connection_leaves_no_broken_one_behind(
    world: World, look_up: Callable[[World], Answered]
) -> None:
    _caller_of.cache_clear()
    end_the_connection()

    assert look_up(world).status == 503
    assert look_up(world).status == 401
    assert world.reader.get("students").status == 200


def test_while_the_database_stays_away_every_call_is_told(world: World) -> None:
    name = connections["default"].settings_dict["NAME"]
    administer("alter database {name} allow_connections false", name=name)
    try:
        end_the_connection()
        for _ in range(3):
            check_away(world.reader.get("students"))
    finally:
        administer("alter database {name} allow_connections true", name=name)

    assert world.reader.get("students").status == 200


def test_each_thread_has_a_line_of_its_own(world: World) -> None:
    answered: list[int] = []

    def read() -> None:
        try:
            answered.extend(world.reader.get("students").status for _ in range(5))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answered == [200] * 30


GOOD = Statement("select $1::int + 1", ("number",))
BAD = Statement("select 1 / $1::int", ("number",))
UNREADABLE = Statement("select $1::int from nowhere", ("number",))


def prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_prepared_statements")
        (number,) = cursor.fetchone()
    return int(number)


@pytest.mark.parametrize("refused", [BAD, UNREADABLE])
def test_a_refused_statement_leaves_the_line_usable_and_nothing_behind(world: World, refused: Statement) -> None:
    opened = line()
    for _ in range(3):
        assert opened.ask((GOOD, [b"1"])).get_value(0, 0) == b"2"
        with pytest.raises(psycopg.Error):
            opened.ask((GOOD, [b"1"]), (refused, [b"0"]), (GOOD, [b"2"]))
        assert (prepared(), len(opened.names)) == (0, 0)
    assert line() is opened
    assert opened.ask((GOOD, [b"5"])).get_value(0, 0) == b"6"


def test_the_statements_prepared_on_a_line_are_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_module, "MOST_PREPARED", 4)
    opened = line()
    opened._forget_prepared()
    for number in range(30):
        assert opened.ask((Statement(f"select $1::int + {number % 7}", ("number",)), [b"1"])).ntuples == 1
        assert prepared() == len(opened.names) <= 4


def test_the_sql_prepared_on_a_line_is_bounded_in_length(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_module, "MOST_PREPARED_SQL", 1_000)
    opened = line()
    opened._forget_prepared()
    for number in range(30):
        padded = f"select $1::int + {number % 7} /* {'x' * (number * 20)} */"
        assert opened.ask((Statement(padded, ("number",)), [b"1"])).ntuples == 1
        assert prepared() == len(opened.names)
        assert sum(map(len, opened.names)) == opened.characters <= 1_000
    longer = Statement(f"select $1::int /* {'x' * 2_000} */", ("number",))
    assert opened.ask((longer, [b"4"])).get_value(0, 0) == b"4"
    assert opened.ask((GOOD, [b"1"])).get_value(0, 0) == b"2"
    assert list(opened.names) == [GOOD.sql]


def test_a_statement_that_is_too_much_for_the_database_does_not_count_as_an_outage(world: World) -> None:
    deep = Statement(f"select {'+'.join(['1'] * 60_000)}", ())
    opened = line()
    with pytest.raises(TooCostlyError):
        opened.ask((deep, []))

    assert line() is opened
    assert world.reader.get("students").status == 200


def test_the_plans_kept_are_bounded_in_length(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "MOST_SQL", 20_000)
    for collection in ("students", "persons", "genders", "staffs", "ethnicities", "titles", "countries"):
        assert world.reader.get(collection).status == 200
    assert 0 < sum(len(plan.statement.sql) for plan in plans._plans.values()) <= 20_000


def test_a_statement_that_takes_too_long_is_given_up_and_told(world: World) -> None:
    slow = Statement("select pg_sleep(5)", ())
    limit = Statement("select set_config('statement_timeout', '20ms', false)", ())
    opened = line()
    opened.ask((limit, []))
    with pytest.raises(TooCostlyError):
        opened.ask((slow, []))

    assert not opened.opened.closed
    assert world.reader.get("students").status == 200


def test_a_fault_is_answered_without_detail(world: World) -> None:
    with connections["owner"].cursor() as owner:
        owner.execute("alter table records_religion rename column label to lost")
    try:
        answered = world.reader.get("religions")
    finally:
        with connections["owner"].cursor() as owner:
            owner.execute("alter table records_religion rename column lost to label")

    assert (answered.status, answered.kind) == (500, "Fault")
    assert b"lost" not in answered.body
    assert b"label" not in answered.body
    assert world.reader.get("religions").status == 200
