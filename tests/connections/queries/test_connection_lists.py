"""Lists of connections: by state, searched, sorted, and as many queries for twenty apps as for two."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import EMAILS, NOW, STUDENTS, add_app, add_person, add_school, approve, ask, call, reject

from consentry.audit.reading import reading
from consentry.connections.models import AccessEvent
from consentry.connections.queries.disclosed_rows import disclosed_rows
from consentry.connections.queries.list_connections import SortedBy, Wanted, count_by_state, list_connections
from consentry.connections.queries.needs_attention import QUIET_AFTER, pending_requests, quiet_apps
from consentry.connections.reading.read import Door
from consentry.people.models import User
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@pytest.fixture
def site(database: str) -> Site:
    return add_school()


@pytest.fixture
def asha(site: Site) -> User:
    return add_person(site)


def listed(school: SchoolId, wanted: Wanted) -> list[str]:
    with reading(school):
        return [row.app for row in list_connections(school, wanted).rows]


def queries_of_all_lists(site: Site) -> int:
    school = school_id(site)
    with CaptureQueriesContext(connection) as captured, reading(school):
        count_by_state(school)
        list_connections(school, Wanted(State.APPROVED))
        pending_requests(school)
        quiet_apps(school, at=NOW)
        disclosed_rows(school)
    return len(captured)


def test_twenty_apps_take_as_many_queries_as_two(site: Site, asha: User) -> None:
    def add(numbers: range) -> None:
        for number in numbers:
            approve(ask(add_app(f"App {number}", f"Company {number}", rows=(STUDENTS, EMAILS)), site), asha)

    add(range(2))
    for_two = queries_of_all_lists(site)
    add(range(2, 20))

    assert queries_of_all_lists(site) == for_two


def test_another_sites_connections_are_not_listed(site: Site) -> None:
    ask(add_app(), site)
    elmwood = school_id(add_school("elmwood"))

    with reading(elmwood):
        assert count_by_state(elmwood) == {State.PENDING: 0, State.APPROVED: 0, State.REJECTED: 0}
        assert list_connections(elmwood, Wanted(State.PENDING)).rows == ()
        assert disclosed_rows(elmwood) == []
        assert pending_requests(elmwood).count == 0


def test_lists_are_sorted_by_app_company_and_time(site: Site) -> None:
    school = school_id(site)
    for minute, (app, company) in enumerate([("bee", "Zed"), ("Ant", "Young"), ("Cat", "xenon")]):
        ask(add_app(app, company), site, at=NOW + timedelta(minutes=minute))

    assert listed(school, Wanted(State.PENDING, sorted_by=SortedBy.APP, descending=False)) == ["Ant", "bee", "Cat"]
    assert listed(school, Wanted(State.PENDING, sorted_by=SortedBy.COMPANY, descending=True)) == ["bee", "Ant", "Cat"]
    assert listed(school, Wanted(State.PENDING)) == ["Cat", "Ant", "bee"]


def test_apps_that_never_called_come_last_when_sorted_by_last_call(site: Site, asha: User) -> None:
    quiet, busy = add_app("Quiet"), add_app("Busy")
    approve(ask(quiet, site), asha)
    approve(ask(busy, site), asha)
    assert call(busy, site) is Door.OPEN

    for descending in (True, False):
        wanted = Wanted(State.APPROVED, sorted_by=SortedBy.LAST_CALL, descending=descending)
        assert listed(school_id(site), wanted) == ["Busy", "Quiet"]


def test_the_signs_of_a_search_pattern_are_looked_for_as_they_are(site: Site) -> None:
    ask(add_app("100% Attendance"), site)
    ask(add_app("Timetabler"), site)

    assert listed(school_id(site), Wanted(State.PENDING, q="%")) == ["100% Attendance"]
    assert listed(school_id(site), Wanted(State.PENDING, q="_")) == []


def test_an_app_is_quiet_when_it_was_not_served_for_two_weeks(site: Site, asha: User) -> None:
    app = add_app()
    connection = approve(ask(app, site), asha)
    school = school_id(site)

    def quiet(at_days: int) -> int:
        with reading(school):
            return quiet_apps(school, at=NOW + timedelta(days=at_days)).count

    assert quiet(13) == 0
    assert quiet(15) == 1
    assert call(app, site) is Door.OPEN
    with reading(school):
        last = AccessEvent.objects.get(connection_id=connection.id).at
        assert quiet_apps(school, at=last + QUIET_AFTER - timedelta(minutes=1)).count == 0
        assert quiet_apps(school, at=last + QUIET_AFTER + timedelta(minutes=1)).rows[0].at == last


def test_a_rejected_app_is_not_quiet_but_gone(site: Site, asha: User) -> None:
    reject(approve(ask(add_app(), site), asha), asha)

    with reading(school_id(site)):
        assert quiet_apps(school_id(site), at=NOW + timedelta(days=90)).count == 0
