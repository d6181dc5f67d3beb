"""Where the apps stand at a trust's schools: the one way across the wall between sites, and for that trust alone."""

from dataclasses import dataclass

import pytest
from django.db import connection, connections
from tests.world import add_app, add_person, add_school, add_trust, approve, ask

from consentry.audit.reading import reading
from consentry.connections.queries.apps_by_school import app_of_trust, apps_by_school
from consentry.connections.queries.connections_of_trust import connections_of_trust, count_by_school
from consentry.partners.models import App
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@dataclass
class World:
    """Two trusts with a school each, a school of none, and an app that waits at all of them and at a trust."""

    rivers: Site
    harbour: Site
    oakfield: Site
    hillside: Site
    lone: Site
    app: App


@pytest.fixture(scope="module")
def world(module_database: str) -> World:
    rivers, harbour = add_trust("two-rivers", "Two Rivers Trust"), add_trust()
    oakfield, hillside = add_school(trust=rivers), add_school("hillside", trust=harbour)
    lone, app = add_school("lone"), add_app()
    for site in (rivers, oakfield, hillside, lone):
        ask(app, site)
    return World(rivers, harbour, oakfield, hillside, lone, app)


def rows_for(asked: Site, entered: Site | None) -> list[int]:
    """The schools of which rows come for this trust's id, in a transaction that entered a site (None: no site)."""
    with reading(school_id(entered) if entered else None):
        return [each.school for each in connections_of_trust(school_id(asked))]


def test_a_trust_sees_its_schools_and_nothing_of_others(world: World) -> None:
    assert rows_for(world.rivers, world.rivers) == [world.oakfield.id]
    assert rows_for(world.harbour, world.harbour) == [world.hillside.id]


def test_another_trusts_id_gives_nothing(world: World) -> None:
    for entered in (world.rivers, world.oakfield, world.lone, None):
        assert rows_for(world.harbour, entered) == []


def test_a_school_is_no_trust(world: World) -> None:
    assert rows_for(world.oakfield, world.oakfield) == []


def test_outside_a_transaction_of_a_site_it_gives_nothing(world: World) -> None:
    assert connections_of_trust(school_id(world.rivers)) == []


def test_numbers_that_are_no_sites_give_nothing(world: World) -> None:
    with reading(school_id(world.rivers)):
        assert connections_of_trust(SchoolId(0)) == []
        assert connections_of_trust(SchoolId(987654)) == []
        assert connections_of_trust(school_id(world.rivers), 10**30) == []


def test_the_wall_stands_for_everything_else_in_the_same_transaction(world: World) -> None:
    with reading(school_id(world.rivers)), connection.cursor() as cursor:
        cursor.execute("select distinct school_id from connections_connection")
        assert cursor.fetchall() == [(world.rivers.id,)]


def test_only_the_programs_role_may_ask(world: World) -> None:
    with connections["owner"].cursor() as owner:
        owner.execute("select proacl::text from pg_proc where proname = 'connections_of_trust'")
        ((rights,),) = owner.fetchall()
    assert "{=X" not in rights, "nobody is granted to execute it by being anybody"
    assert ",=X" not in rights


def test_counts_and_apps_are_of_the_same_rows(world: World) -> None:
    with reading(school_id(world.rivers)):
        assert count_by_school(school_id(world.rivers)) == {(world.oakfield.id, State.PENDING): 1}
        (app,) = apps_by_school(school_id(world.rivers))
        assert (app.id, list(app.standings), app.count(State.PENDING)) == (world.app.id, [world.oakfield.id], 1)
        assert app_of_trust(school_id(world.rivers), world.app.id) == world.app
    with reading(school_id(world.oakfield)), pytest.raises(App.DoesNotExist):
        app_of_trust(school_id(world.rivers), world.app.id)


def test_a_standing_says_which_version_and_who_decided(world: World) -> None:
    own = add_app("Own")
    waiting = ask(own, world.oakfield)
    approve(waiting, add_person(world.oakfield, "Asha Patel"))
    with reading(school_id(world.rivers)):
        (standing,) = connections_of_trust(school_id(world.rivers), own.id)
    assert (standing.connection, standing.state, standing.asked, standing.version) == (waiting.id, State.APPROVED, 1, 1)
    assert (standing.decided_by, standing.moves) == ("Asha Patel", 2)
