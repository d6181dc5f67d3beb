"""Schools are told that an app which they approve was suspended everywhere, and that it may go on."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.actions.tell_of_suspensions import tell_of_suspension, tell_of_suspensions
from consentry.connections.models import Connection
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.actions.resume_app import resume_app
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App
from consentry.people.actions.add_roles import OFFICE
from consentry.people.actions.mail_notifications import mail_notifications
from consentry.people.models import Notification, User
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from consentry.workflows.publish_permission_set import bring_all_along
from tests.world import EMAILS, NOW, STUDENTS, add_app, add_person, add_school, approve, ask, reject


@pytest.fixture
def site(database: str) -> Site:
    return add_school()


@pytest.fixture
def asha(site: Site) -> User:
    return add_person(site)


@pytest.fixture
def app(site: Site, asha: User) -> App:
    add_person(site, "Tom Reed", OFFICE)
    made = add_app()
    approve(ask(made, site), asha)
    return made


def told(site: Site) -> list[str]:
    with reading(school_id(site)):
        found = Notification.objects.filter(school=site, title__regex="suspended|go on").order_by("id")
        return [f"{each.account.user.name}: {each.title}" for each in found.select_related("account__user")]


def connection_at(site: Site) -> Connection:
    with reading(school_id(site)):
        return Connection.objects.select_related("school", "app").get(school=site)


def test_who_may_decide_is_told_once_and_again_when_it_may_go_on(site: Site, app: App) -> None:
    """Issue: suspend at once for all schools. In the site and by email, and on record."""
    suspend_app(app, by=OPERATOR, at=NOW)
    assert tell_of_suspensions(at=NOW) == 1
    assert tell_of_suspensions(at=NOW) == 0
    assert not tell_of_suspension(school_id(site), connection_at(site).id, at=NOW), "another run was faster"
    resume_app(app, by=OPERATOR, at=NOW)
    assert tell_of_suspensions(at=NOW) == 1

    assert told(site) == ["Asha Patel: Timetabler is suspended", "Asha Patel: Timetabler may go on"]
    mail_notifications(base_url="https://consentry.example", at=NOW)
    (letter,) = [each for each in mail.outbox if each.subject == "Timetabler is suspended"]
    for words in ("suspended Timetabler by Acme Ltd everywhere, on 3 November 2025 at 14:05", "Oakfield School"):
        assert words in str(letter.body)
    with reading(school_id(site)):
        events = Event.objects.filter(name=EventName.SUSPENSION_TOLD).order_by("number")
        assert [each.details["stands"] for each in events] == ["suspended", "may go on"]


def test_a_school_that_does_not_approve_the_app_is_told_nothing(site: Site, asha: User) -> None:
    waiting, rejected = add_app("Lunchline"), add_app("Librario")
    ask(waiting, site)
    reject(ask(rejected, site), asha)
    for each in (waiting, rejected):
        suspend_app(each, by=OPERATOR, at=NOW)

    assert tell_of_suspensions(at=NOW) == 0
    assert told(site) == []


def test_what_ended_before_anybody_was_told_of_it_is_no_news(site: Site, app: App) -> None:
    suspend_app(app, by=OPERATOR, at=NOW)
    resume_app(app, by=OPERATOR, at=NOW)

    assert tell_of_suspensions(at=NOW) == 0


def test_who_rejected_a_suspended_app_hears_nothing_when_it_is_approved_again(site: Site, app: App, asha: User) -> None:
    suspend_app(app, by=OPERATOR, at=NOW)
    tell_of_suspensions(at=NOW)
    reject(connection_at(site), asha)
    resume_app(app, by=OPERATOR, at=NOW)
    assert tell_of_suspensions(at=NOW) == 0
    approve(connection_at(site), asha)

    assert tell_of_suspensions(at=NOW) == 0
    suspend_app(app, by=OPERATOR, at=NOW + timedelta(days=1))
    assert tell_of_suspensions(at=NOW) == 1


def break_connection(of: Connection) -> None:
    """From now on the database refuses every change of this connection."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "create function broken() returns trigger language plpgsql as $$ begin raise exception 'x'; end $$"
        )
        cursor.execute(
            "create trigger broken before update on connections_connection for each row "
            f"when (new.id = {of.id}) execute function broken()"
        )


def test_a_connection_that_always_fails_holds_up_no_other(site: Site, app: App, asha: User) -> None:
    """It is the first of both lists, and each brings one at a time or more."""
    brook = add_school("brook-lane", "Brook Lane School")
    grace = add_person(brook, "Grace Amadi")
    approve(ask(app, brook), grace)
    break_connection(connection_at(site))
    newest = publish_version(app, [STUDENTS, EMAILS], note="More", by=OPERATOR, at=NOW)
    suspend_app(app, by=OPERATOR, at=NOW)

    assert bring_all_along(at=NOW, at_once=1) == 1
    assert tell_of_suspensions(at=NOW) == 1
    assert connection_at(brook).follows_id == newest.id
    assert connection_at(site).follows_id != newest.id
    assert (told(site), told(brook)) == ([], ["Grace Amadi: Timetabler is suspended"])
