"""One round of a trust's decisions: a decision of its own at each school, and a clear account of all of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.deciding import Seen
from consentry.connections.models import Connection
from consentry.connections.queries.rounds_of import Round, round_of, rounds_of
from consentry.partners.actions.set_app_live import set_app_live
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App
from consentry.people.actions.accept_terms import accept_terms
from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR, TRUST_STAFF
from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.models import Account, RoleAssignment, User
from consentry.rules.connection_life import Move, State
from consentry.rules.permissions import NotPermittedError
from consentry.rules.second_factor import Coming
from consentry.rules.trust_decisions import Obstacle
from consentry.schools.actions.change_trust import change_trust
from consentry.schools.actions.publish_terms import publish_terms
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from consentry.workflows.decide_for_schools import Previewed, Wanted, decide_for_schools
from tests.races import TIMES
from tests.world import NOW, account_of, add_app, add_person, add_school, add_trust, ask, enter, give_schools, reject

BY_PASSWORD = Coming(used_factor=False, by_sso=False, address="203.0.113.7")
_numbers = count(1)


@dataclass
class Rivers:
    """A trust of three schools, one of them a dummy, that Noah has signed in to."""

    trust: Site
    schools: tuple[Site, Site, Site]
    noah: User

    @property
    def at_trust(self) -> Account:
        """Noah's account at the trust."""
        return account_of(self.noah, self.trust)


@pytest.fixture
def rivers(database: str) -> Rivers:
    trust = add_trust("two-rivers", "Two Rivers Trust")
    schools = (
        add_school("oakfield", trust=trust),
        add_school("brook", trust=trust),
        add_school("mill", trust=trust, life=Life.DUMMY),
    )
    noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR)
    give_schools(noah, trust)
    for school in schools:
        enter(noah, school)
    return Rivers(trust, schools, noah)


def asked_by_all(rivers: Rivers, *, is_live: bool = True) -> tuple[App, list[Connection]]:
    """An app that waits at every school; at live ones only as it is live."""
    app = add_app(f"App {next(_numbers)}", is_live=is_live)
    return app, [ask(app, school) for school in rivers.schools if is_live or school.is_dummy]


def previewed(*waiting: Connection) -> tuple[Previewed, ...]:
    """What somebody saw who looked at these connections."""
    return tuple(Previewed(each.school_id, each.id, Seen(each.asked_id, each.moves)) for each in waiting)


def decide(rivers: Rivers, app: App, waiting: list[Connection], move: Move = Move.APPROVE, *, run: str = "") -> Round:
    wanted = Wanted(app.id, move, previewed(*waiting), run or uuid4().hex)
    return decide_for_schools(rivers.at_trust, wanted, BY_PASSWORD, at=NOW)


def states(waiting: list[Connection]) -> list[str]:
    return [again(each).state for each in waiting]


def again(connection: Connection) -> Connection:
    with reading(school_id(connection.school)):
        return Connection.objects.select_related("decided_by", "decided_from").get(id=connection.id)


def last_event(site: Site) -> Event:
    with reading(school_id(site)):
        return Event.objects.filter(school_id=site.id).latest("number")


def test_each_school_has_a_decision_and_an_event_of_its_own(rivers: Rivers) -> None:
    """Approve or reject an app for many schools in one go: one event for each school."""
    app, waiting = asked_by_all(rivers)
    done = decide(rivers, app, waiting)

    assert (set(done.done), done.not_done) == ({each.id for each in rivers.schools}, {})
    assert states(waiting) == [State.APPROVED] * 3
    for school, connection in zip(rivers.schools, waiting, strict=True):
        event = last_event(school)
        assert (event.name, event.subject_id) == ("connection.approved", connection.id)
        assert event.actor_name == "Noah Price, External Administrator from Two Rivers Trust"
        kept = again(connection)
        assert (kept.decided_by, kept.decided_from, kept.version_id) == (rivers.noah, rivers.trust, kept.asked_id)


def test_the_trusts_own_events_keep_the_account(rivers: Rivers) -> None:
    app, waiting = asked_by_all(rivers)
    done = decide(rivers, app, waiting, Move.REJECT)

    event = last_event(rivers.trust)
    assert (event.name, event.subject_id, event.details["decision"]) == ("trust.decided", app.id, "reject")
    with reading(school_id(rivers.trust)):
        assert round_of(school_id(rivers.trust), app.id, done.run) == done
        assert rounds_of(school_id(rivers.trust), app.id) == [done]


def test_what_cannot_be_done_says_why_and_hinders_nothing_else(rivers: Rivers) -> None:
    app, waiting = asked_by_all(rivers)
    oakfield, brook, mill = rivers.schools
    reject(waiting[1], add_person(brook, "Bea Brook"))
    give_schools(rivers.noah, rivers.trust, brook, mill)

    done = decide(rivers, app, waiting)

    assert done.done == (mill.id,)
    assert done.not_done == {oakfield.id: Obstacle.NOT_REACHED, brook.id: Obstacle.CHANGED_MEANWHILE}
    assert states(waiting) == [State.PENDING, State.REJECTED, State.APPROVED]


def test_a_school_never_entered_or_with_terms_to_accept_is_left_alone(rivers: Rivers) -> None:
    """Accept the Terms & Conditions when logging into each school site."""
    new = add_school("new-school", trust=rivers.trust)
    app, waiting = asked_by_all(rivers)
    waiting.append(ask(app, new))
    terms = publish_terms("Be kind to data.", by=OPERATOR, at=NOW)
    accept_terms(Account.objects.get(school=rivers.schools[0], user=rivers.noah), terms.number, at=NOW)

    done = decide(rivers, app, waiting)

    assert done.done == (rivers.schools[0].id,)
    assert done.not_done == {
        rivers.schools[1].id: Obstacle.TERMS, rivers.schools[2].id: Obstacle.TERMS, new.id: Obstacle.NOT_ENTERED
    }  # fmt: skip


def test_a_school_that_demands_a_second_factor_is_not_decided_for_without_one(rivers: Rivers) -> None:
    app, waiting = asked_by_all(rivers)
    oakfield = rivers.schools[0]
    head = account_of(add_person(oakfield), oakfield)
    change_sign_in_settings(oakfield, SignInSwitches(second_factor_demanded=True), by=head, at=NOW)

    first = decide(rivers, app, waiting)
    wanted = Wanted(app.id, Move.APPROVE, previewed(waiting[0]), uuid4().hex)
    with_factor = Coming(used_factor=True, by_sso=False, address=None)
    second = decide_for_schools(rivers.at_trust, wanted, with_factor, at=NOW)

    assert first.not_done == {oakfield.id: Obstacle.SECOND_FACTOR}
    assert second.done == (oakfield.id,)


def test_an_app_that_is_not_live_is_approved_at_dummy_sites_alone(rivers: Rivers) -> None:
    app, waiting = asked_by_all(rivers)
    set_app_live(app, is_live=False, by=OPERATOR, at=NOW)
    done = decide(rivers, app, waiting)

    assert done.done == (rivers.schools[2].id,)
    assert set(done.not_done.values()) == {Obstacle.APP_NOT_LIVE}


def test_a_suspended_app_is_approved_nowhere_and_can_be_rejected(rivers: Rivers) -> None:
    app, waiting = asked_by_all(rivers)
    suspend_app(app, by=OPERATOR, at=NOW)

    assert set(decide(rivers, app, waiting).not_done.values()) == {Obstacle.APP_SUSPENDED}
    assert len(decide(rivers, app, waiting, Move.REJECT).done) == 3


def test_a_round_that_is_sent_again_is_not_carried_out_again(rivers: Rivers) -> None:
    app, waiting = asked_by_all(rivers)
    run = uuid4().hex
    first = decide(rivers, app, waiting, run=run)
    events = [last_event(site).number for site in (*rivers.schools, rivers.trust)]

    assert decide(rivers, app, waiting, run=run) == first
    assert [last_event(site).number for site in (*rivers.schools, rivers.trust)] == events
    other = decide(rivers, app, waiting)
    assert set(other.not_done.values()) == {Obstacle.ALREADY}
    assert [again(each).moves for each in waiting] == [2, 2, 2]


def test_a_school_that_fails_undoes_no_other(rivers: Rivers, caplog: pytest.LogCaptureFixture) -> None:
    app, waiting = asked_by_all(rivers)
    broken = rivers.schools[1]
    with connections["owner"].cursor() as owner:
        owner.execute(
            "alter table audit_event add constraint broken"
            f" check (school_id <> {broken.id} or name not like 'connection.%') not valid"
        )

    done = decide(rivers, app, waiting)

    assert done.not_done == {broken.id: Obstacle.FAILED}
    assert states(waiting) == [State.APPROVED, State.PENDING, State.APPROVED]
    assert "failed at site" in caplog.text


def test_schools_of_others_and_connections_of_other_apps_are_not_decided(rivers: Rivers) -> None:
    app, waiting = asked_by_all(rivers)
    _, others = asked_by_all(rivers)
    foreign = ask(app, add_school("hillside", trust=add_trust()))
    change_trust("brook", None, by=OPERATOR, at=NOW)

    done = decide(rivers, app, [foreign, waiting[1], others[0]])

    assert done.done == ()
    assert done.not_done == {rivers.schools[0].id: Obstacle.NOT_ASKED}
    assert done.left_out == 2
    assert str(foreign.school_id) not in str(last_event(rivers.trust).details["not_done"]), (
        "no word of a client is kept"
    )
    with reading(school_id(rivers.trust)):
        assert round_of(school_id(rivers.trust), app.id, done.run) == done
    assert states([foreign, *waiting, *others]) == [State.PENDING] * 7


def test_an_app_without_a_connection_in_the_trust_does_not_exist(rivers: Rivers) -> None:
    app = add_app("Lonely")
    foreign = ask(app, add_school("hillside", trust=add_trust()))
    with pytest.raises(App.DoesNotExist):
        decide(rivers, app, [foreign])


def test_it_needs_manage_all_users_at_the_trust(rivers: Rivers) -> None:
    """User Details: Manage All Users, on the trust's profile."""
    app, waiting = asked_by_all(rivers)
    ivy = add_person(rivers.trust, "Ivy Stone", TRUST_STAFF)
    give_schools(ivy, rivers.trust)
    wanted = Wanted(app.id, Move.APPROVE, previewed(*waiting), uuid4().hex)
    with pytest.raises(NotPermittedError):
        decide_for_schools(account_of(ivy, rivers.trust), wanted, BY_PASSWORD, at=NOW)
    assert states(waiting) == [State.PENDING] * 3


def take_role(rivers: Rivers) -> None:
    with change(actor=OPERATOR, at=NOW, school=school_id(rivers.trust)) as this:
        held = RoleAssignment.objects.get(account=rivers.at_trust)
        held.delete()
        this.record(EventName.ROLE_ASSIGNED, rivers.at_trust)


def test_whose_role_has_ended_decides_nowhere(rivers: Rivers) -> None:
    app, waiting = asked_by_all(rivers)
    take_role(rivers)
    with pytest.raises(NotPermittedError):
        decide(rivers, app, waiting)


def at_once(*doings: Callable[[], Round]) -> list[Round]:
    """All of them in threads of their own that start together."""
    start = Barrier(len(doings))

    def do(doing: Callable[[], Round]) -> Round:
        try:
            start.wait()
            return doing()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(do, doings))


@pytest.mark.races
@pytest.mark.parametrize("second", [Move.APPROVE, Move.REJECT])
def test_of_two_of_the_trust_at_once_each_school_has_one_outcome(rivers: Rivers, second: Move) -> None:
    mia = add_person(rivers.trust, "Mia Cole", TRUST_ADMINISTRATOR)
    give_schools(mia, rivers.trust)
    for school in rivers.schools:
        enter(mia, school)
    other = Rivers(rivers.trust, rivers.schools, mia)
    for _ in range(TIMES // 4):
        app, waiting = asked_by_all(rivers)
        noahs, mias = at_once(
            lambda app=app, waiting=waiting: decide(rivers, app, waiting),  # type: ignore[misc]
            lambda app=app, waiting=waiting: decide(other, app, waiting, second),  # type: ignore[misc]
        )

        ids = {each.id for each in rivers.schools}
        assert set(noahs.done) | set(mias.done) == ids
        assert not set(noahs.done) & set(mias.done)
        told = Obstacle.ALREADY if second is Move.APPROVE else Obstacle.CHANGED_MEANWHILE
        assert set(noahs.not_done.values()) | set(mias.not_done.values()) == {told}
        assert [again(each).moves for each in waiting] == [2, 2, 2]


@pytest.mark.races
def test_a_form_sent_twice_at_once_decides_once_and_has_one_account(rivers: Rivers) -> None:
    for _ in range(TIMES // 4):
        app, waiting = asked_by_all(rivers)
        run = uuid4().hex
        at_once(
            lambda app=app, waiting=waiting, run=run: decide(rivers, app, waiting, run=run),  # type: ignore[misc]
            lambda app=app, waiting=waiting, run=run: decide(rivers, app, waiting, run=run),  # type: ignore[misc]
        )
        with reading(school_id(rivers.trust)):
            told = round_of(school_id(rivers.trust), app.id, run)
        assert told is not None
        assert set(told.done) == {each.id for each in rivers.schools}
        assert told.not_done == {}
        assert [again(each).moves for each in waiting] == [2, 2, 2]
