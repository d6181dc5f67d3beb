"""Apps of the trust's own site: they ask to connect to it, its people decide, and the API holds to that."""

from typing import Any

import pytest
from tests.api.calls import client_of
from tests.web.conftest import signed_in
from tests.world import add_app, add_person, add_school, add_trust, ask, give_schools

from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR, TRUST_STAFF
from consentry.people.models import Notification
from consentry.schools.queries import school_id


@pytest.fixture
def trust(database: str) -> Any:
    return add_trust("two-rivers", "Two Rivers Trust")


def test_an_app_asks_a_trust_is_approved_reads_and_is_rejected(trust: Any) -> None:
    """Go to System > Partner Apps (API Users) on a MAT MIS site, and approve the request."""
    noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR)
    add_person(trust, "Ivy Stone", TRUST_STAFF)
    app = add_app()
    waiting = ask(app, trust)
    page, browser = f"/two-rivers/partner-apps/{waiting.id}", signed_in(noah)
    caller = client_of(app, trust)

    assert [note.account.user for note in Notification.objects.filter(path=page)] == [noah]
    assert caller.get("students").status == 403
    assert "Timetabler" in browser.get("/two-rivers/partner-apps/pending").text
    browser.post(f"{page}/approve", {"version": waiting.asked_id, "moves": 1})
    answered = caller.get("students")
    assert (answered.status, answered.json) == (200, {**answered.json, "students": []})
    with reading(school_id(trust)):
        event = Event.objects.filter(name="connection.approved").get()
        assert event.actor_name == "Noah Price"
        moves = Connection.objects.get(id=waiting.id).moves
    browser.post(f"{page}/reject", {"version": waiting.asked_id, "moves": moves})
    assert caller.get("students").status == 403


def test_deciding_at_the_trust_needs_manage_all_users_there(trust: Any) -> None:
    """User Details: Manage All Users permission on the MAT MIS."""
    waiting = ask(add_app(), trust)
    ivy = signed_in(add_person(trust, "Ivy Stone", TRUST_STAFF))
    refused = ivy.post(f"/two-rivers/partner-apps/{waiting.id}/approve", {"version": waiting.asked_id, "moves": 1})

    assert refused.status_code == 403
    assert "User Details: Manage All Users" in refused.text


def test_an_approval_at_the_trust_opens_no_school(trust: Any) -> None:
    school = add_school(trust=trust)
    noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR)
    give_schools(noah, trust)
    app = add_app()
    waiting = ask(app, trust)
    signed_in(noah).post(f"/two-rivers/partner-apps/{waiting.id}/approve", {"version": waiting.asked_id, "moves": 1})

    assert client_of(app, trust).get("students").status == 200
    assert client_of(app, school).get("students").status == 403
