"""An app that the operator has not accepted is connected at its company's sandbox, and at no school's dummy site."""

import pytest

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.connections.queries.consent_at import consent_at
from consentry.partners.actions.accept_app import accept_app
from consentry.partners.actions.accept_company import accept_company
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.actions.submit_app import submit_app
from consentry.partners.models import App
from consentry.people.models import Notification
from consentry.rules.connection_life import MoveRefusal, MoveRefusedError
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from consentry.workflows.open_sandbox import open_sandbox
from tests.world import NOW, STUDENTS, add_person, add_school, ask
from tests.world_partners import member_of, own_app, waiting_company


@pytest.fixture
def dummy(database: str) -> Site:
    """A real school that tries itself out, with somebody who decides on apps there."""
    site = add_school("brook-lane", life=Life.DUMMY)
    add_person(site, "Grace Amadi")
    return site


@pytest.fixture
def app(database: str) -> App:
    """What anybody can have within minutes: an app of a company that has just registered."""
    found = own_app(waiting_company(), "Freereports")
    publish_version(found, [STUDENTS], note="First.", by=OPERATOR, at=NOW)
    return found


def test_a_school_that_tries_itself_out_is_not_asked_by_an_app_that_nobody_has_looked_at(app: App, dummy: Site) -> None:
    with pytest.raises(MoveRefusedError) as refused:
        ask(app, dummy)

    assert refused.value.why is MoveRefusal.APP_NOT_ACCEPTED
    with reading(school_id(dummy)):
        assert not Connection.objects.exists()
        assert not Notification.objects.exists()


def test_nor_can_it_be_connected_there_by_the_link(app: App, dummy: Site) -> None:
    with reading(school_id(dummy)):
        asked = consent_at(school_id(dummy), app.application_user)

    assert asked.in_the_way is MoveRefusal.APP_NOT_ACCEPTED


def test_it_can_once_the_operator_has_accepted_the_company_and_the_app(app: App, dummy: Site) -> None:
    accept_company(app.company_id, by=OPERATOR, at=NOW)
    submit_app(app.id, by=member_of(app.company), at=NOW)
    with pytest.raises(MoveRefusedError):
        ask(app, dummy)

    accept_app(app.id, by=OPERATOR, at=NOW)

    assert ask(App.objects.get(id=app.id), dummy).state == "pending"


def test_another_companys_sandbox_connects_no_app_of_this_one_even_when_it_is_live(app: App) -> None:
    accept_company(app.company_id, by=OPERATOR, at=NOW)
    submit_app(app.id, by=member_of(app.company), at=NOW)
    accept_app(app.id, by=OPERATOR, at=NOW)
    sandbox = open_sandbox(waiting_company("Other Ltd"), at=NOW)
    app = App.objects.get(id=app.id)

    with pytest.raises(MoveRefusedError) as refused:
        ask(app, sandbox)

    assert refused.value.why is MoveRefusal.OTHERS_SANDBOX
    with reading(school_id(sandbox)):
        assert consent_at(school_id(sandbox), app.application_user).in_the_way is MoveRefusal.OTHERS_SANDBOX
