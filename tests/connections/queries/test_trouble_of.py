"""The facts about a connection that does not work: exactly the calls that were made, by what each asked."""

import json
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.api.calls import Client, client_of
from tests.world import NOW, READ, account_of, acting, add_app, add_person, add_school, approve, ask, reject
from tests.world_records import add_student

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.actions.accept_review import accept_review
from consentry.connections.models import Connection, Review
from consentry.connections.queries.refusals_of import MOST_KINDS
from consentry.connections.queries.trouble_of import Trouble, trouble_of
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.actions.revoke_secret import revoke_secret
from consentry.partners.actions.set_app_live import set_app_live
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App, Credential
from consentry.people.models import User
from consentry.records.catalogue import catalogue
from consentry.rules.trouble_facts import Cause, RefusalFacts, causes
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from consentry.workflows.publish_permission_set import publish_permission_set

STAFF_AND_PUPILS = (AskedRow("Student", ["person", "studentNumber"], READ), AskedRow("Staff", ["person"], READ))


@pytest.fixture
def site(database: str) -> Site:
    return add_school()


@pytest.fixture
def asha(site: Site) -> User:
    return add_person(site)


@pytest.fixture
def app() -> App:
    return add_app(rows=STAFF_AND_PUPILS)


@pytest.fixture
def caller(app: App, site: Site, asha: User) -> Client:
    """The app, approved, with a secret: what it calls goes through the real surface."""
    add_student(site, "00001", "Ada", "Nightingale")
    approve(ask(app, site), asha)
    return client_of(app, site)


def trouble(site: Site, app: App) -> Trouble:
    with reading(school_id(site)):
        found = Connection.objects.get(school=site, app=app)
        return trouble_of(school_id(site), found.id, at=timezone.now())


def told(refused: RefusalFacts) -> tuple[str, str, list[str], int | None, int]:
    return refused["why"], refused["data_type"], refused["names"], refused["version"], refused["times"]


def test_refused_calls_are_counted_by_what_they_asked_the_last_first(site: Site, app: App, caller: Client) -> None:
    """Issue: last calls, last errors given to the app in words: codes, with how often, and names but no values."""
    assert caller.get("students").status == 200
    for _ in range(3):
        assert caller.get("staffs", "fields=person,staffNumber").status == 403
    assert caller.get("students", "fields=religion,ethnicity,adaNightingale").status == 422
    assert caller.get("email-addresses").status == 403
    assert caller.get("students", "page-size=Ada+Nightingale").status == 422
    assert caller.get("ada-nightingale").status == 404
    reject_and_call(site, app, caller)

    found = trouble(site, app).facts

    assert [told(each) for each in found["refusals"]] == [
        ("rejected", "", [], None, 2),
        ("unknown address", "(unknown)", [], 1, 1),
        ("unreadable: page-size", "Student", [], 1, 1),
        ("data type not granted: EmailAddress", "EmailAddress", ["EmailAddress"], 1, 1),
        (
            "unknown field: Student.(unknown)",
            "Student",
            ["Student.(unknown)", "Student.ethnicity", "Student.religion"],
            1,
            1,
        ),
        ("field not granted: Staff.staffNumber", "Staff", ["Staff.staffNumber"], 1, 3),
    ]
    assert (found["calls"]["served"], found["calls"]["refused"], found["calls"]["latest_why"]) == (1, 9, "rejected")
    assert (found["state"], found["version"], found["asked"]) == ("rejected", None, 1)
    written = json.dumps(found)
    assert "Ada" not in written
    assert "ightingale" not in written


def reject_and_call(site: Site, app: App, caller: Client) -> None:
    """Before a closed door it does not matter what is asked: those calls are of one kind."""
    with reading(school_id(site)):
        found = Connection.objects.get(school=site, app=app)
    reject(found, add_person(site, "Tom Reed"))
    assert caller.get("students").status == 403
    assert caller.get("staffs", "fields=person").status == 403


def test_fields_that_the_version_leaves_out_are_named(site: Site, app: App, caller: Client) -> None:
    withheld = {each["data_type"]: each for each in trouble(site, app).facts["withheld"]}

    assert list(withheld) == ["Staff", "Student"]
    assert "ethnicity" in withheld["Student"]["fields"]
    assert "studentNumber" not in withheld["Student"]["fields"]
    assert withheld["Student"]["of"] == len(withheld["Student"]["fields"]) + 2


def test_what_was_refused_may_be_granted_now_or_by_the_review_that_waits(
    site: Site, app: App, caller: Client, asha: User
) -> None:
    caller.get("students", "fields=ethnicity")
    caller.get("staffs", "fields=staffNumber")
    wider = [AskedRow("Student", ["person", "studentNumber", "ethnicity"], READ, "Why"), STAFF_AND_PUPILS[1]]
    publish_permission_set(app, wider, note="Ethnicity", by=OPERATOR, at=NOW)

    found = trouble(site, app)
    assert [each["helped"] for each in found.facts["refusals"]] == ["", "review"]
    assert (found.facts["review"], causes(found.facts)) == (2, (Cause.REVIEW_WOULD_HELP, Cause.LAST_CALL_REFUSED))
    with reading(school_id(site)):
        review = Review.objects.get(school=site)
    accept_review(site, review.id, review.moves, by=account_of(asha, site), at=NOW)
    caller.get("students")

    found = trouble(site, app)
    assert [each["helped"] for each in found.facts["refusals"]] == ["", "in force"]
    assert causes(found.facts) == (Cause.REFUSED_LATELY,)


def test_the_likeliest_cause_comes_first(site: Site, app: App, asha: User) -> None:
    """Issue: it answers in order, the likeliest cause first."""
    asked = ask(app, site)
    assert causes(trouble(site, app).facts) == (Cause.PENDING, Cause.NO_SECRET)
    approved = approve(asked, asha)
    caller = client_of(app, site)
    assert causes(trouble(site, app).facts) == (Cause.NEVER_CALLED,)
    caller.get("students")
    assert causes(trouble(site, app).facts) == (Cause.NOTHING_FOUND,)
    reject(approved, asha)
    caller.get("students")
    assert causes(trouble(site, app).facts) == (Cause.REJECTED,)
    with reading(school_id(site)):
        rejected = Connection.objects.get(id=asked.id)
    approve(rejected, asha)
    assert causes(trouble(site, app).facts) == (Cause.NOT_SINCE,)
    revoke_secret(Credential.objects.get(app=app), by=acting(app), at=NOW)
    suspend_app(app, by=OPERATOR, at=NOW)
    assert causes(trouble(site, app).facts) == (Cause.SUSPENDED, Cause.NO_SECRET)


def test_an_app_that_is_not_live_is_none_for_a_live_school(site: Site, asha: User) -> None:
    app = add_app("Lunchline", "Lunch Co")
    approve(ask(app, site), asha)
    dummy = add_school("elmwood", life=Life.DUMMY)
    approve(ask(app, dummy), add_person(dummy, "Elm Head"))
    set_app_live(app, is_live=False, by=OPERATOR, at=NOW)
    client_of(app, site)

    assert causes(trouble(site, app).facts) == (Cause.NOT_LIVE, Cause.NEVER_CALLED)
    assert causes(trouble(dummy, app).facts) == (Cause.NEVER_CALLED,)


def test_facts_of_a_moment_can_be_gathered_again(site: Site, app: App, caller: Client) -> None:
    caller.get("students", "fields=ethnicity")
    before = trouble(site, app)
    caller.get("students", "fields=ethnicity")

    with reading(school_id(site)):
        again = trouble_of(school_id(site), before.connection, at=datetime.fromisoformat(before.facts["at"]))
    assert again.facts == before.facts
    assert trouble(site, app).facts["refusals"][0]["times"] == 2


def test_many_calls_take_as_many_queries_as_few(site: Site, app: App, caller: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            trouble(site, app)
        return len(made)

    caller.get("students", "fields=ethnicity")
    few = queries()
    for number in range(30):
        caller.get("students", f"fields={'religion' if number % 2 else 'ethnicity'}")
        caller.get("staffs")

    assert queries() == few


def test_more_kinds_than_are_listed_are_counted(site: Site, app: App, caller: Client) -> None:
    names = [each for each in catalogue()["Student"].fields if each not in {"person", "studentNumber"}][:25]
    for name in names:
        assert caller.get("students", f"fields={name}").status == 403

    facts = trouble(site, app).facts
    assert (len(facts["refusals"]), facts["more_refusals"]) == (MOST_KINDS, 25 - MOST_KINDS)
    assert facts["refusals"][0]["names"] == [f"Student.{names[-1]}"]
