"""A company declares what its app's sync needs, and sees how its sandbox stands with it."""

import re

import pytest
from django.test import Client
from tests.partners.company_world import registered
from tests.project.sign_in.coming_in import set_up_app
from tests.web.conftest import signed_in
from tests.world import NOW, STUDENTS, add_school, ask
from tests.world_current import fill
from tests.world_partners import accepted

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.models import App, CompanyMember
from consentry.partners.queries.requirements import needs_of
from consentry.project.jobs import open_sandboxes
from consentry.rules.readiness import Check, Need
from consentry.schools.models import Life

TYPED = {"course-subjects": "on", "course-subjects-reason": "We sort classes by subject."}
SUBJECTS = Need(Check.COURSE_SUBJECTS, "We sort classes by subject.")


@pytest.fixture
def needs(home: str, app: App) -> str:
    """The address of what the app needs."""
    return f"{home}/apps/{app.id}/needs"


def test_what_is_ticked_is_declared_and_taken_back(client: Client, needs: str, app: App) -> None:
    empty = client.get(needs).text
    saved = client.post(f"{needs}/edit", TYPED)
    shown, form = client.get(needs).text, client.get(f"{needs}/edit").text

    assert "Nothing declared yet" in empty
    assert saved["Location"] == needs
    assert needs_of(app.id) == (SUBJECTS,)
    assert "Saved. Schools see it from now on." in shown
    assert "Every course has a subject <small>We sort classes by subject.</small>" in shown
    assert 'value="We sort classes by subject."' in form
    assert form.count(" checked") == 1
    history = client.get(f"/partners/{app.company_id}/history").text
    assert "What the sync needs declared" in history
    assert "Timetabler: Every course has a subject" in history
    client.post(f"{needs}/edit", {})
    assert needs_of(app.id) == ()


def test_a_tick_and_its_reason_belong_together(client: Client, needs: str, app: App) -> None:
    """What was typed is kept, and nothing is declared."""
    typed = TYPED | {
        "pupil-upns": "on",
        "pupil-forms-reason": "Lists",
        "staff-emails": "on",
        "staff-emails-reason": "a\u202eb",
    }

    refused = client.post(f"{needs}/edit", typed).text

    assert "Say why your sync needs it: Every pupil on roll has a UPN." in refused
    assert "Tick it, or take its reason out: Every pupil on roll is in a registration form." in refused
    assert "cannot be seen" in refused
    assert 'value="Lists"' in refused
    assert "We sort classes by subject." in refused
    assert needs_of(app.id) == ()


def test_a_reader_looks_and_another_company_finds_nothing(
    needs: str, app: App, client: Client, reader: CompanyMember
) -> None:
    rita, sam = signed_in(reader.user), signed_in(registered("Other Ltd", "sam@other.example", "Sam Fox").user)
    client.post(f"{needs}/edit", TYPED)

    assert "Every course has a subject" in rita.get(needs).text
    assert "you need to be Administrator or Developer" in rita.get(needs).text
    assert rita.get(f"{needs}/edit").status_code == 403
    assert rita.post(f"{needs}/edit", {}).status_code == 403
    assert sam.get(needs).status_code == 404
    assert sam.post(f"{needs}/edit", {}).status_code == 404
    assert needs_of(app.id) == (SUBJECTS,)


def test_counts_are_of_the_sandbox_and_never_of_a_school(client: Client, needs: str, app: App) -> None:
    site = add_school(life=Life.DUMMY)
    fill(site)
    publish_version(app, [STUDENTS], note="First", by=OPERATOR, at=NOW)
    ask(accepted(app), site)
    set_up_app(client)
    client.post(f"{needs}/edit", TYPED)
    before = client.get(needs).text
    open_sandboxes()
    after = client.get(needs).text

    assert "At your sandbox" not in before
    assert "Not yet" not in before + after
    assert "At your sandbox" in after
    assert re.search(r"Ready: \d+ courses", after)
