"""Request, approve, reject: what is recorded, what is refused, and one outcome when two decide at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Barrier

import pytest
from django.db import DatabaseError, connections

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.connections.actions.approve_connection import approve_connection
from consentry.connections.actions.reject_connection import reject_connection
from consentry.connections.deciding import Seen
from consentry.connections.models import Connection
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App
from consentry.people.models import Notification, User
from consentry.rules.connection_life import MoveRefusal, MoveRefusedError, State
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from tests.world import NOW, account_of, add_app, add_person, add_school, approve, ask, reject, seen

RACES = 10
_numbers = count(1)
Decide = Callable[..., Connection]


@pytest.fixture(scope="module")
def school(module_database: str) -> tuple[Site, User, User]:
    """A school with two administrators."""
    site = add_school()
    return site, add_person(site, "Asha Patel"), add_person(site, "Ben Okafor")


@pytest.fixture
def site(school: tuple[Site, User, User]) -> Site:
    return school[0]


@pytest.fixture
def asha(school: tuple[Site, User, User]) -> User:
    return school[1]


@pytest.fixture
def app(school: tuple[Site, User, User]) -> App:
    """An app that no other test has."""
    return add_app(f"App {next(_numbers)}")


def again(connection: Connection) -> Connection:
    with reading(school_id(connection.school)):
        return Connection.objects.select_related("school", "app").get(id=connection.id)


def events_of(connection: Connection) -> list[Event]:
    with reading(school_id(connection.school)):
        return list(Event.objects.filter(subject_type="Connection", subject_id=connection.id).order_by("number"))


def all_events(site: Site) -> int:
    with reading(school_id(site)):
        return Event.objects.filter(school_id=site.id).count()


def why(decide: Callable[[], object]) -> MoveRefusal:
    with pytest.raises(MoveRefusedError) as refused:
        decide()
    return refused.value.why


def test_a_request_waits_and_says_who_asked_for_what(site: Site, app: App) -> None:
    connection = again(ask(app, site))

    assert (connection.state, connection.version, connection.moves) == ("pending", None, 1)
    assert (connection.asked.number, connection.requested_at, connection.decided_at) == (1, NOW, None)
    (event,) = events_of(connection)
    assert (event.name, event.at) == ("connection.requested", NOW)
    assert (event.actor_kind, event.actor_id, event.actor_name) == ("app", app.id, app.name)
    assert event.details == {"app": app.id, "app_name": app.name, "version": 1}


def test_everyone_who_may_decide_is_told(site: Site, app: App) -> None:
    add_person(site, f"Nobody {next(_numbers)}", role=None)
    connection = ask(app, site)

    told = Notification.objects.filter(path=f"/{site.slug}/partner-apps/{connection.id}")
    assert sorted(note.account.user.name for note in told) == ["Asha Patel", "Ben Okafor"]


def test_an_approval_says_who_when_and_which_version(site: Site, app: App, asha: User) -> None:
    later = NOW + timedelta(hours=1)
    before = all_events(site)
    connection = ask(app, site)
    approve(connection, asha, at=later)

    kept = again(connection)
    assert (kept.state, kept.version_id, kept.decided_at, kept.decided_by) == ("approved", kept.asked_id, later, asha)
    requested, approved = events_of(kept)
    assert (approved.name, approved.at) == ("connection.approved", later)
    assert (approved.actor_kind, approved.actor_id, approved.actor_name) == ("user", asha.id, "Asha Patel")
    assert approved.details == requested.details == {"app": app.id, "app_name": app.name, "version": 1}
    assert all_events(site) == before + 2


def test_a_whole_life_writes_exactly_the_declared_events(site: Site, app: App, asha: User) -> None:
    connection = ask(app, site)
    for decide in (approve, reject, approve, reject):
        connection = decide(connection, asha)

    assert [event.name for event in events_of(connection)] == [
        "connection.requested",
        *["connection.approved", "connection.rejected"] * 2,
    ]
    assert again(connection).moves == 5


def test_a_rejection_is_kept_with_who_and_when(site: Site, app: App, asha: User) -> None:
    connection = reject(ask(app, site), asha)

    assert (again(connection).state, again(connection).decided_by) == ("rejected", asha)
    assert why(lambda: reject(connection, asha)) is MoveRefusal.ALREADY_THERE


def test_asking_twice_changes_nothing(site: Site, app: App, asha: User) -> None:
    connection = ask(app, site)
    assert why(lambda: ask(app, site)) is MoveRefusal.ALREADY_THERE
    approve(connection, asha)
    assert why(lambda: ask(app, site)) is MoveRefusal.NOT_FROM_HERE
    reject(again(connection), asha)
    assert why(lambda: ask(app, site)) is MoveRefusal.NOT_FROM_HERE

    assert len(events_of(connection)) == 3


def test_an_app_that_published_nothing_cannot_ask(site: Site) -> None:
    assert why(lambda: ask(add_app(f"Empty {next(_numbers)}", rows=()), site)) is MoveRefusal.NOTHING_PUBLISHED


def test_an_app_that_is_not_live_is_connected_by_dummy_sites_only(site: Site) -> None:
    app = add_app(f"Draft {next(_numbers)}", is_live=False)
    dummy = add_school(f"dummy-{next(_numbers)}", life=Life.DUMMY)

    assert why(lambda: ask(app, site)) is MoveRefusal.APP_NOT_LIVE
    connection = approve(ask(app, dummy), add_person(dummy, "Dot Dummy"))
    assert again(connection).state == "approved"


def test_a_suspended_app_can_neither_ask_nor_be_approved_but_be_rejected(site: Site, app: App, asha: User) -> None:
    connection = ask(app, site)
    suspend_app(app, by=OPERATOR, at=NOW)

    assert why(lambda: approve(connection, asha)) is MoveRefusal.APP_SUSPENDED
    assert again(reject(connection, asha)).state == "rejected"
    other = add_app(f"Suspended {next(_numbers)}")
    suspend_app(other, by=OPERATOR, at=NOW)
    other.refresh_from_db()
    assert why(lambda: ask(other, site)) is MoveRefusal.APP_SUSPENDED


@pytest.mark.parametrize("decide", [approve_connection, reject_connection])
def test_another_sites_connection_is_not_found(site: Site, app: App, decide: Decide) -> None:
    connection = ask(app, site)
    elmwood = add_school(f"elmwood-{next(_numbers)}")
    stranger = add_person(elmwood, f"Stranger {next(_numbers)}")

    for number in (connection.id, 987654):
        with pytest.raises(Connection.DoesNotExist):
            decide(elmwood, number, seen(connection), by=account_of(stranger, elmwood), at=NOW)
    assert again(connection).state == "pending"
    assert len(events_of(connection)) == 1


@pytest.mark.parametrize("decide", [approve_connection, reject_connection])
def test_who_saw_something_else_is_told(site: Site, app: App, asha: User, decide: Decide) -> None:
    connection = ask(app, site)
    for stale in (Seen(connection.asked_id, 0), Seen(connection.asked_id, 2), Seen(connection.asked_id + 1, 1)):
        with pytest.raises(MoveRefusedError) as refused:
            decide(site, connection.id, stale, by=account_of(asha, site), at=NOW)
        assert refused.value.why is MoveRefusal.CHANGED_MEANWHILE
    assert again(connection).moves == 1


@pytest.mark.parametrize("decide", [approve_connection, reject_connection])
def test_where_the_event_cannot_be_written_nothing_is_decided(site: Site, app: App, asha: User, decide: Decide) -> None:
    connection = ask(app, site)
    with connections["owner"].cursor() as owner:
        owner.execute("alter table audit_event add constraint broken check (name not like 'connection.%') not valid")
    try:
        with pytest.raises(DatabaseError):
            decide(site, connection.id, seen(connection), by=account_of(asha, site), at=NOW)
    finally:
        with connections["owner"].cursor() as owner:
            owner.execute("alter table audit_event drop constraint broken")

    assert (again(connection).state, again(connection).moves) == ("pending", 1)


def at_once(*doings: Callable[[], object]) -> list[object]:
    """All of them in threads of their own that start together; what each returned or was refused with."""
    start = Barrier(len(doings))

    def do(doing: Callable[[], object]) -> object:
        try:
            start.wait()
            return doing()
        except MoveRefusedError as refused:
            return refused.why
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(do, doings))


@pytest.mark.races
@pytest.mark.parametrize("repeat", range(RACES))
@pytest.mark.parametrize("second", [approve_connection, reject_connection])
def test_of_two_who_decide_at_once_one_decides_and_the_other_is_told(
    school: tuple[Site, User, User], app: App, second: Decide, repeat: int
) -> None:
    site, asha, ben = school
    connection = ask(app, site)
    before = seen(connection)

    outcomes = at_once(
        lambda: approve_connection(site, connection.id, before, by=account_of(asha, site), at=NOW),
        lambda: second(site, connection.id, before, by=account_of(ben, site), at=NOW),
    )

    (winner,) = [each for each in outcomes if isinstance(each, Connection)]
    assert [each for each in outcomes if each is not winner] == [MoveRefusal.CHANGED_MEANWHILE]
    kept = again(connection)
    assert (kept.state, kept.decided_by, kept.moves) == (winner.state, winner.decided_by, 2)
    assert len(events_of(connection)) == 2


@pytest.mark.races
@pytest.mark.parametrize("repeat", range(RACES))
def test_of_two_requests_at_once_one_waits_and_the_other_is_told(site: Site, app: App, repeat: int) -> None:
    outcomes = at_once(lambda: ask(app, site), lambda: ask(app, site))

    (waiting,) = [each for each in outcomes if isinstance(each, Connection)]
    assert [each for each in outcomes if each is not waiting] == [MoveRefusal.ALREADY_THERE]
    assert waiting.state == State.PENDING
    assert len(events_of(waiting)) == 1


def test_deciding_needs_the_permission_in_the_use_case_itself(site: Site, app: App, asha: User) -> None:
    connection = ask(app, site)
    clerk = add_person(site, f"Clerk {next(_numbers)}", role=None)
    stranger = add_person(add_school(f"elsewhere-{next(_numbers)}"), f"Head {next(_numbers)}")
    for person in (clerk, stranger):
        with pytest.raises(NotPermittedError) as refused:
            approve(connection, person)
        assert refused.value.missing is Permission.SCHOOL_USER_ACCOUNTS
        with pytest.raises(NotPermittedError):
            reject(connection, person)
    assert again(connection).state == "pending"
