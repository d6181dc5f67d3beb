"""One connection: what it asks for, its history, what the app did so far, and the list of what it discloses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.world import EMAILS, NOW, READ, STUDENTS, add_app, add_person, add_school, approve, ask, call, reject

from consentry.audit.actor import OPERATOR
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.connections.queries.calls_of import DAYS, calls_of
from consentry.connections.queries.connection_at import connection_at
from consentry.connections.queries.disclosed_rows import disclosed_rows
from consentry.connections.queries.history_of import moves_of, published_by
from consentry.connections.reading.read import Door
from consentry.partners.actions.publish_version import AskedRow, publish_version
from consentry.people.models import User
from consentry.records.catalogue import catalogue
from consentry.rules.connection_life import State
from consentry.rules.grants import Action
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@pytest.fixture
def site(database: str) -> Site:
    return add_school()


@pytest.fixture
def asha(site: Site) -> User:
    return add_person(site)


def test_it_tells_data_types_and_fields_in_the_catalogues_words(site: Site) -> None:
    asked = ask(add_app(rows=(STUDENTS, EMAILS)), site)

    with reading(school_id(site)):
        found = connection_at(school_id(site), asked.id)

    emails, students = found.version.asked
    assert (emails.label, emails.is_whole) == ("Email addresses", True)
    assert emails.actions == {Action.READ, Action.UPDATE}
    assert [field.label for field in students.fields] == ["Person", "Ethnicity", "Student number"]
    assert (students.special, students.is_whole) == (("Ethnicity",), False)


def test_another_sites_connection_is_not_found(site: Site) -> None:
    asked = ask(add_app(), site)
    elmwood = school_id(add_school("elmwood"))

    with reading(elmwood), pytest.raises(Connection.DoesNotExist):
        connection_at(elmwood, asked.id)
    with reading(elmwood):
        assert disclosed_rows(elmwood, asked.id) == []
        assert moves_of(elmwood, asked.id) == ()


def test_the_history_says_who_moved_it_when_and_at_which_version(site: Site, asha: User) -> None:
    app = add_app()
    first = approve(ask(app, site), asha, at=NOW + timedelta(hours=1))
    reject(first, asha, at=NOW + timedelta(hours=2))

    with reading(school_id(site)):
        moves = moves_of(school_id(site), first.id)

    assert [(moved.what, moved.version, moved.by) for moved in moves] == [
        (EventName.CONNECTION_REJECTED, 1, "Asha Patel"),
        (EventName.CONNECTION_APPROVED, 1, "Asha Patel"),
        (EventName.CONNECTION_REQUESTED, 1, "Timetabler"),
    ]
    assert moves[0].at == NOW + timedelta(hours=2)


def test_an_approved_app_is_shown_at_the_version_in_force(site: Site, asha: User) -> None:
    app = add_app()
    approved = approve(ask(app, site), asha)
    publish_version(app, [EMAILS], note="E-mails only", by=OPERATOR, at=NOW)

    with reading(school_id(site)):
        found = connection_at(school_id(site), approved.id)
        versions = published_by(app.id)

    assert (found.state, found.version.number) == (State.APPROVED, 1)
    assert [(each.number, each.note) for each in versions] == [(2, "E-mails only"), (1, "First version")]


def test_calls_are_counted_by_day_served_and_refused(site: Site, asha: User) -> None:
    app = add_app()
    approved = approve(ask(app, site), asha)
    school, today = school_id(site), timezone.now()
    with reading(school):
        assert calls_of(school, app.id, at=today).first is None

    doors = [call(app, site), call(app, site)]
    reject(approved, asha)
    doors.append(call(app, site))

    with reading(school):
        calls = calls_of(school, app.id, at=timezone.now())
        long_after = calls_of(school, app.id, at=today + timedelta(days=DAYS + 1))
    assert doors == [Door.OPEN, Door.OPEN, Door.REJECTED]
    assert (calls.served, calls.refused, len(calls.days)) == (2, 1, DAYS)
    assert calls.first is not None
    assert calls.last is not None
    assert calls.first < calls.last
    assert calls.latest is not None
    assert (calls.latest.at > calls.last, calls.latest.why) == (True, "rejected")
    assert (long_after.last, long_after.served) == (calls.last, 0)


def test_the_list_has_a_row_for_every_field_with_the_decision(site: Site, asha: User) -> None:
    approved = approve(ask(add_app(rows=(STUDENTS, EMAILS)), site), asha)
    ask(add_app("Lunchline", "Lunch Co", rows=(AskedRow("Person", [], READ),)), site)

    with reading(school_id(site)):
        rows = disclosed_rows(school_id(site))
        own = disclosed_rows(school_id(site), approved.id)

    whole = len(catalogue()["EmailAddress"].fields)
    assert len(own) == whole + 3
    assert len(rows) == len(own) + 1
    ethnicity = next(row for row in own if row.field == "Ethnicity")
    assert (ethnicity.app, ethnicity.data_type, ethnicity.special) == ("Timetabler", "Students", True)
    assert (ethnicity.state, ethnicity.version, ethnicity.decided_by) == (State.APPROVED, 1, "Asha Patel")
    identity = next(row for row in rows if row.app == "Lunchline")
    assert (identity.data_type, identity.field) == ("Persons", "Identity only (id and display name)")
    assert (identity.state, identity.decided_by, identity.decided_at) == (State.PENDING, "", None)


def test_a_long_history_takes_as_many_queries_as_a_short_one(site: Site, asha: User) -> None:
    def queries(connection_id: int) -> int:
        with CaptureQueriesContext(connection) as captured, reading(school_id(site)):
            found = connection_at(school_id(site), connection_id)
            moves_of(school_id(site), connection_id)
            published_by(found.app.id)
            calls_of(school_id(site), found.app.id, at=NOW)
        return len(captured)

    app = add_app()
    moving = ask(app, site)
    for_short = queries(moving.id)
    for _ in range(5):
        moving = reject(approve(moving, asha), asha)
        publish_version(app, [STUDENTS, EMAILS], note="Again", by=OPERATOR, at=NOW)

    assert queries(moving.id) == for_short
