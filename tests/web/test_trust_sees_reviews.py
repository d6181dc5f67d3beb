"""The trust's table of apps by schools: where a wider version has not been accepted."""

from django.test import Client
from tests.web.conftest import Rivers
from tests.world import NOW, READ, STUDENTS, add_app, add_person, approve, ask

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.publish_version import AskedRow
from consentry.workflows.publish_permission_set import publish_permission_set

WIDER = AskedRow("Student", [*STUDENTS.fields, "religion"], READ)


def test_the_trust_sees_where_a_change_has_not_been_accepted(noah: Client, rivers: Rivers) -> None:
    """The trust's console shows what waits at its schools."""
    app = add_app()
    approve(ask(app, rivers.oakfield), add_person(rivers.oakfield))
    before = noah.get("/two-rivers/apps-by-school").text

    publish_permission_set(app, [WIDER], note="More", by=OPERATOR, at=NOW)
    approve(ask(app, rivers.brook), add_person(rivers.brook, "Mia Fox"))

    table = noah.get("/two-rivers/apps-by-school").text
    file = noah.get("/two-rivers/apps-by-school/list.csv").text
    assert "not accepted" not in before
    assert table.count("version 2 not accepted") == 1
    assert "Approved, version 1, version 2 not accepted" in file
    assert '"Approved, version 2"' in file
