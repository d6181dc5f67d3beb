"""The trust's table of apps by schools: where a wider version has not been accepted."""

from django.test import Client
from tests.web.conftest import Rivers
from tests.world import EMAILS, NOW, READ, STUDENTS, account_of, add_app, add_person, approve, ask

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.actions.decline_review import decline_review
from consentry.connections.models import Review
from consentry.partners.actions.publish_version import AskedRow, publish_version
from consentry.schools.queries import school_id
from consentry.workflows.publish_permission_set import bring_along, publish_permission_set

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
    assert "version 2" not in before
    assert table.count("version 2 waits for a decision") == 1
    assert "Approved, version 1, version 2 waits for a decision" in file
    assert '"Approved, version 2"' in file


def test_a_change_that_was_declined_is_told_from_one_that_waits(noah: Client, rivers: Rivers) -> None:
    app, asha = add_app(), add_person(rivers.oakfield)
    approve(ask(app, rivers.oakfield), asha)
    publish_permission_set(app, [WIDER], note="More", by=OPERATOR, at=NOW)
    with reading(school_id(rivers.oakfield)):
        review = Review.objects.get()
    decline_review(rivers.oakfield, review.id, review.moves, by=account_of(asha, rivers.oakfield), at=NOW)

    table = noah.get("/two-rivers/apps-by-school").text
    assert "version 2 declined" in table
    assert "waits for a decision" not in table

    publish_version(app, [WIDER, EMAILS], note="Yet more", by=OPERATOR, at=NOW)
    assert "version 3 not accepted" in noah.get("/two-rivers/apps-by-school").text
    bring_along(app.id, at=NOW)
    assert "version 3 waits for a decision" in noah.get("/two-rivers/apps-by-school").text
