"""A decision counts from the next call on: revoked, approved again, moved to another version, not live any more."""

from itertools import count

import pytest

from consentry.audit.actor import OPERATOR, Actor, ActorKind
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.models import AccessEvent, Connection
from consentry.connections.reading import plans
from consentry.connections.reading.line import line
from consentry.connections.reading.plans import version_hint
from consentry.partners.actions.publish_version import AskedRow, publish_version
from consentry.partners.actions.resume_app import resume_app
from consentry.partners.actions.set_app_live import set_app_live
from consentry.partners.actions.suspend_app import suspend_app
from consentry.people.models import User
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from tests.api.calls import Client, call, client_of
from tests.world import NOW, READ, add_app, add_person, add_school, approve, ask, reject
from tests.world_records import add_student

_numbers = count(1)


@pytest.fixture(scope="module")
def school(module_database: str) -> tuple[Site, User]:
    """A school with a pupil, and its administrator."""
    site = add_school()
    add_student(site)
    return site, add_person(site)


@pytest.fixture
def client(school: tuple[Site, User]) -> Client:
    """An app that no other test has, with its connection pending."""
    app = add_app(f"App {next(_numbers)}", rows=[AskedRow("Student", ["studentNumber", "ethnicity"], READ)])
    ask(app, school[0])
    return client_of(app, school[0])


def connection_of(client: Client) -> Connection:
    with reading(school_id(client.site)):
        return Connection.objects.get(school=client.site, app=client.app)


def token_of(client: Client) -> str:
    headers = {"Authorization": client.basic, "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    answered = call("/oauth/token", method="POST", headers=headers, body=b"grant_type=client_credentials")
    return f"Bearer {answered.json['access_token']}"


def test_a_revoked_app_reads_nothing_from_the_next_call(client: Client, school: tuple[Site, User]) -> None:
    connection = approve(connection_of(client), school[1])
    for _ in range(20):
        assert client.get("students").status == 200
        connection = reject(connection, school[1])
        answered = client.get("students")
        assert (answered.status, answered.kind) == (403, "ConnectionRejected")
        assert b"00001" not in answered.body
        connection = approve(connection, school[1])
    assert client.get("students").status == 200


def test_a_closed_door_has_nothing_compiled_or_prepared_behind_it(client: Client, school: tuple[Site, User]) -> None:
    connection = approve(connection_of(client), school[1])
    assert client.get("students").status == 200
    reject(connection, school[1])
    client.get("students")

    before = len(plans._plans), len(line().names)
    for size in range(20):
        answered = client.get("students", f"fields=studentNumber&filters.studentNumber.in={'1,' * size}1&page-size=7")
        assert answered.kind == "ConnectionRejected"
        assert client.get("students/1", f"fields={'studentNumber,' * size}ethnicity").kind == "ConnectionRejected"
    assert (len(plans._plans), len(line().names)) == before


def test_a_token_already_issued_dies_and_revives_with_the_decision(client: Client, school: tuple[Site, User]) -> None:
    connection = approve(connection_of(client), school[1])
    bearer = token_of(client)
    assert client.get("students", Authorization=bearer).status == 200

    connection = reject(connection, school[1])
    assert client.get("students", Authorization=bearer).status == 403

    approve(connection, school[1])
    assert client.get("students", Authorization=bearer).status == 200


def test_before_the_decision_nothing_is_read(client: Client) -> None:
    assert client.get("students").kind == "ConnectionPending"


def test_a_request_that_was_rejected_reads_nothing(client: Client, school: tuple[Site, User]) -> None:
    reject(connection_of(client), school[1])

    assert client.get("students").kind == "ConnectionRejected"


def move_to_version(client: Client, rows: list[AskedRow]) -> None:
    """Publish the rows and put them in force, as accepting a review will."""
    version = publish_version(client.app, rows, note="next", by=OPERATOR, at=NOW)
    with change(actor=Actor(ActorKind.SYSTEM, None, "Review"), at=NOW, school=school_id(client.site)) as this:
        Connection.objects.filter(school=client.site, app=client.app).update(version=version, asked=version)
        this.record(EventName.CONNECTION_APPROVED, connection_of_open(client), version=version.number)


def connection_of_open(client: Client) -> Connection:
    return Connection.objects.get(school=client.site, app=client.app)


def test_a_version_that_moved_is_decided_again_within_the_call(client: Client, school: tuple[Site, User]) -> None:
    approve(connection_of(client), school[1])
    assert "ethnicity" in client.rows("students")[0]
    move_to_version(client, [AskedRow("Student", ["studentNumber"], READ)])

    (row,) = client.rows("students")
    assert set(row) == {"entityType", "href", "id", "studentNumber"}
    assert client.get("students", "fields=ethnicity").status == 403


def test_a_version_that_moved_while_the_call_was_on_its_way_puts_one_event_on_record(
    client: Client, school: tuple[Site, User]
) -> None:
    approve(connection_of(client), school[1])
    assert client.get("students").status == 200
    old = version_hint(school_id(client.site), client.app.id)
    move_to_version(client, [AskedRow("Student", ["person"], READ)])
    assert version_hint(school_id(client.site), client.app.id) == old

    assert client.get("students", "fields=studentNumber").status == 403

    with reading(school_id(client.site)):
        served, refused = AccessEvent.objects.filter(app_id=client.app.id).order_by("id")
    assert (served.outcome, served.version_id) == ("served", old)
    assert (refused.outcome, refused.fields) == ("refused", ["Student.studentNumber"])
    assert refused.version_id == version_hint(school_id(client.site), client.app.id) != old


def test_a_suspended_app_reads_nothing_anywhere(client: Client, school: tuple[Site, User]) -> None:
    approve(connection_of(client), school[1])
    bearer = token_of(client)
    assert client.get("students").status == 200
    suspend_app(client.app, by=OPERATOR, at=NOW)

    assert client.get("students").kind == "AppSuspended"
    assert client.get("students", Authorization=bearer).status == 401, "its tokens are gone"

    resume_app(client.app, by=OPERATOR, at=NOW)
    assert client.get("students").status == 200
    assert client.get("students", Authorization=bearer).status == 401, "and stay gone"


def test_an_app_that_is_not_live_any_more_reads_dummy_sites_only(client: Client, school: tuple[Site, User]) -> None:
    dummy = add_school(f"dummy-{next(_numbers)}", life=Life.DUMMY)
    approve(connection_of(client), school[1])
    approve(ask(client.app, dummy), add_person(dummy, f"Head Of {dummy.slug}"))
    set_app_live(client.app, is_live=False, by=OPERATOR, at=NOW)

    assert client.get("students").kind == "ApplicationNotLive"
    assert "Application Not Live" in client.get("students").message
    assert client.at(dummy).get("students").status == 200
