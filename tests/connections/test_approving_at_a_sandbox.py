"""The product approves an app at its company's own sandbox, and nowhere else."""

import pytest
from django.utils import timezone

from consentry.audit.actor import OPERATOR, SYSTEM
from consentry.audit.reading import reading
from consentry.connections.actions.approve_at_sandbox import NotItsSandboxError, approve_at_sandbox
from consentry.connections.models import Connection, Review
from consentry.connections.reading.read import Door
from consentry.partners.acting import acting
from consentry.partners.actions.publish_version import AskedRow, publish_version
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App, CompanyMember
from consentry.project.jobs import open_sandboxes
from consentry.rules.connection_life import MoveRefusedError
from consentry.rules.review_life import ReviewState
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from consentry.workflows.publish_permission_set import publish_permission_set
from tests.partners.company_world import registered
from tests.web.partners.conftest import own_app
from tests.world import EMAILS, STUDENTS, add_app, ask, call, reject


@pytest.fixture
def jo(database: str) -> CompanyMember:
    return registered()


def fresh(app: App) -> App:
    return App.objects.select_related("company__sandbox").get(id=app.id)


@pytest.fixture
def app(jo: CompanyMember) -> App:
    """Jo's app, with its sandbox, where nothing is published yet."""
    made = own_app(jo)
    open_sandboxes()
    return fresh(made)


def sandbox(app: App) -> Site:
    site = app.company.sandbox
    assert site is not None
    return site


def approve(app: App, by: CompanyMember) -> bool:
    return approve_at_sandbox(app, sandbox(app), asked_by=by, by=acting(by), at=timezone.now())


def publish(app: App, *rows: AskedRow) -> None:
    publish_permission_set(app, rows, note="What it needs", by=OPERATOR, at=timezone.now())


def test_at_no_other_site_than_the_companys_own_sandbox(app: App) -> None:
    other = add_app("Stranger", "Other Ltd")

    with pytest.raises(NotItsSandboxError):
        approve_at_sandbox(other, sandbox(app), asked_by=None, by=SYSTEM, at=timezone.now())


def test_an_app_that_has_published_nothing_or_is_suspended_is_not_approved(app: App, jo: CompanyMember) -> None:
    with pytest.raises(MoveRefusedError):
        approve(app, jo)
    suspend_app(app, by=OPERATOR, at=timezone.now())
    publish(fresh(app), STUDENTS)

    with pytest.raises(MoveRefusedError):
        approve(fresh(app), jo)


def test_pressed_by_a_member_it_goes_past_what_was_decided_and_once_is_enough(app: App, jo: CompanyMember) -> None:
    publish(app, STUDENTS)
    assert not approve(app, jo)
    with reading(school_id(sandbox(app))):
        connection = Connection.objects.select_related("school").get(app=app)
    reject(connection, jo.user, at=timezone.now())
    assert call(app, sandbox(app)) is Door.REJECTED

    assert approve(app, jo)
    assert not approve(app, jo)

    assert call(app, sandbox(app)) is Door.OPEN
    with reading(school_id(sandbox(app))):
        assert Connection.objects.get(app=app).decided_by == jo.user


def test_pressed_by_a_member_it_accepts_the_review_that_waits(app: App, jo: CompanyMember) -> None:
    publish(app, STUDENTS)
    publish(app, STUDENTS, EMAILS)
    with reading(school_id(sandbox(app))):
        assert Review.objects.get().state == ReviewState.OPEN

    approve(app, jo)

    with reading(school_id(sandbox(app))):
        review, connection = Review.objects.get(), Connection.objects.select_related("version").get(app=app)
    assert (review.state, review.decided_by) == (ReviewState.ACCEPTED, jo.user)
    assert connection.version is not None
    assert connection.version.number == 2


def test_an_app_that_asked_by_itself_is_approved_by_the_press(jo: CompanyMember, app: App) -> None:
    publish_version(app, [STUDENTS], note="First", by=OPERATOR, at=timezone.now())
    ask(app, sandbox(app), at=timezone.now())

    assert approve(app, jo)
    assert call(app, sandbox(app)) is Door.OPEN
