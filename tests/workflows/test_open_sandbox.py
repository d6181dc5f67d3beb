"""Every company gets a dummy school of invented people of its own, with its people and its apps in it."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.connections.models import Connection, Receipt
from consentry.connections.queries.receipts import receipt_in_words
from consentry.connections.reading.read import Door
from consentry.partners.actions.change_member_role import change_member_role
from consentry.partners.actions.decline_company import decline_company
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.actions.register_app import NewApp, register_app
from consentry.partners.models import App, Company, CompanyMember
from consentry.partners.queries.sandboxes import sandbox_begun, sandbox_owner, sandboxes_out_of_step, sandboxes_to_make
from consentry.people.models import Account
from consentry.project.jobs import open_sandboxes
from consentry.records.models import AttendanceRollCallRecord, EducationalInstitutionEnrolment, Person, UpnAssignment
from consentry.rules.company_life import Declined
from consentry.rules.company_roles import CompanyRole
from consentry.rules.connection_life import State
from consentry.rules.going_live import WipeRefusedError
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from consentry.workflows import open_sandbox as workflow
from consentry.workflows.open_sandbox import open_sandbox, progress_of
from consentry.workflows.publish_permission_set import publish_permission_set
from consentry.workflows.sandbox_people import match_sandbox_people
from consentry.workflows.wipe_dummy_site import WipeOrder, wipe_dummy_site
from tests.partners.company_world import joined, registered
from tests.web.conftest import signed_in
from tests.world import READ, STUDENTS, account_of, add_app, add_school, call, reject


@pytest.fixture
def jo(database: str) -> CompanyMember:
    return registered()


def sandbox_of(member: CompanyMember) -> Site:
    """The company's sandbox, which is there."""
    site = Company.objects.get(id=member.company_id).sandbox
    assert site is not None
    return site


def app_of(member: CompanyMember, name: str = "Timetabler") -> App:
    wanted = NewApp(name, "For schools.", "help@acme.example", "https://acme.example/app", is_live=False)
    return register_app(Company.objects.get(id=member.company_id), wanted, by=OPERATOR, at=timezone.now())


def publish(app: App, *rows: AskedRow) -> None:
    publish_permission_set(app, rows, note="What it needs", by=OPERATOR, at=timezone.now())


def test_a_company_gets_a_dummy_school_with_people_on_whom_programs_trip(jo: CompanyMember) -> None:
    """Issue: a dummy school of invented people: no surname, twins, leavers, dual registration, changed names."""
    assert open_sandboxes() == 1

    site = sandbox_of(jo)
    assert (site.slug, site.life, site.trust) == ("sandbox-acme-ltd", Life.DUMMY, None)
    with reading(school_id(site)):
        people = Person.objects.filter(school=site)
        assert people.filter(legal_last_name=None, legal_first_name="Sukarno").count() == 1
        twins = people.filter(legal_first_name__in=["Ava", "Ada"]).values_list("legal_last_name", "date_of_birth")
        assert len(twins) > len(set(twins))
        assert EducationalInstitutionEnrolment.objects.filter(school=site).exclude(leaving_date=None).count() == 2
        assert people.filter(preferred_last_name="Lee").exclude(legal_last_name="Lee").count() == 1
        assert UpnAssignment.objects.filter(school=site).exclude(end_datetime=None).count() == 1
        marks = AttendanceRollCallRecord.objects.filter(school=site)
        assert marks.filter(attendance_mark__code="DUAL_REGISTERED").exists() or not marks.exists()


def test_who_registered_signs_in_to_the_sandbox_as_its_administrator(jo: CompanyMember) -> None:
    open_sandboxes()

    assert signed_in(jo.user).get("/sandbox-acme-ltd/partner-apps/pending").status_code == 200
    assert account_of(jo.user, sandbox_of(jo)).assignments.get().role.code == "school-administrator"


def test_another_company_has_a_school_of_its_own(jo: CompanyMember) -> None:
    other = registered("Acme-Ltd", "sam@other.example", "Sam Fox")
    assert open_sandboxes() == 2

    assert sandbox_of(other).slug == "sandbox-acme-ltd-2"
    assert signed_in(jo.user).get("/sandbox-acme-ltd-2/").status_code == 404


def test_what_was_broken_off_goes_on_where_it_was(jo: CompanyMember, monkeypatch: pytest.MonkeyPatch) -> None:
    """No job is the truth: what is missing is made by the next run, and nothing is made twice."""
    assert progress_of(jo.company).done == 0
    steps = dict(workflow._STEPS)
    monkeypatch.setitem(workflow._STEPS, "oneroster", (_broken, steps["oneroster"][1]))
    with pytest.raises(RuntimeError):
        open_sandboxes()
    assert Company.objects.get(id=jo.company_id).sandbox is None
    assert progress_of(jo.company).done == 2
    begun = sandbox_begun(jo.company)
    assert begun is not None
    assert sandbox_owner(begun) == jo.company

    monkeypatch.undo()
    open_sandboxes()

    assert sandbox_of(jo) == begun
    assert Site.objects.count() == 1
    assert progress_of(Company.objects.get()).is_ready
    assert sandboxes_to_make() == []


def _broken(*_given: object, **_more: object) -> None:
    raise RuntimeError


def test_a_company_that_nobody_acts_for_has_none(database: str) -> None:
    add_app()

    assert sandboxes_to_make() == []


def test_an_app_is_approved_at_the_sandbox_when_it_publishes_and_the_log_says_by_whom(jo: CompanyMember) -> None:
    open_sandboxes()
    app, site = app_of(jo), sandbox_of(jo)
    publish(app, STUDENTS)

    assert call(app, site) is Door.OPEN
    with reading(school_id(site)):
        connection = Connection.objects.get(school=site, app=app)
        told = Event.objects.get(school_id=site.id, name="connection.approved")
        receipt = receipt_in_words(Receipt.objects.get(school=site))
    assert (connection.state, connection.decided_by) == (State.APPROVED, None)
    assert (told.actor_kind, told.actor_name, told.details["sandbox"]) == ("system", "Consentry", True)
    assert "Decided by: Consentry" in receipt
    page = signed_in(jo.user).get(f"/sandbox-acme-ltd/partner-apps/{connection.id}").text
    assert "by Consentry" in page


def test_apps_that_published_before_are_approved_as_the_sandbox_is_made(jo: CompanyMember) -> None:
    app = app_of(jo)
    publish(app, STUDENTS)
    open_sandboxes()

    assert call(app, sandbox_of(jo)) is Door.OPEN


def test_what_the_people_of_the_sandbox_decided_stands_when_the_app_publishes_again(jo: CompanyMember) -> None:
    open_sandboxes()
    app, site = app_of(jo), sandbox_of(jo)
    publish(app, STUDENTS)
    with reading(school_id(site)):
        connection = Connection.objects.select_related("school").get(school=site, app=app)
    reject(connection, jo.user, at=timezone.now())

    publish(app, STUDENTS, AskedRow("RegistrationForm", ["shortName"], READ))

    assert call(app, site) is Door.REJECTED


def test_a_wider_version_waits_at_the_sandbox_as_at_every_school(jo: CompanyMember) -> None:
    open_sandboxes()
    app, site = app_of(jo), sandbox_of(jo)
    publish(app, STUDENTS)
    publish(app, STUDENTS, AskedRow("RegistrationForm", ["shortName"], READ))

    with reading(school_id(site)):
        connection = Connection.objects.get(school=site, app=app)
        assert (connection.version.number, connection.follows.number) == (1, 2)  # type: ignore[union-attr]


def test_the_people_of_the_sandbox_are_those_who_build_for_the_company(jo: CompanyMember) -> None:
    open_sandboxes()
    dev, reader = joined(jo, CompanyRole.DEVELOPER), joined(jo, CompanyRole.READER, "rita@acme.example", "Rita Moss")
    assert sandboxes_out_of_step() == [jo.company]

    open_sandboxes()

    names = Account.objects.filter(school=sandbox_of(jo)).values_list("user__name", flat=True)
    assert set(names) == {jo.user.name, dev.user.name}
    assert signed_in(reader.user).get("/sandbox-acme-ltd/").status_code == 404
    assert sandboxes_out_of_step() == []


@pytest.mark.parametrize("page", ["users/add", "school-details/edit", "directory/ask"])
def test_through_a_sandbox_nobody_is_reached_who_did_not_ask_and_no_school_loses_its_number(
    jo: CompanyMember, page: str
) -> None:
    open_sandboxes()
    client: Client = signed_in(jo.user)

    for answer in (client.get(f"/sandbox-acme-ltd/{page}"), client.post(f"/sandbox-acme-ltd/{page}", {"name": "x"})):
        assert answer.status_code == 403
        assert "is a sandbox" in answer.text


def test_a_sandbox_stays_one(jo: CompanyMember) -> None:
    open_sandboxes()
    site = sandbox_of(jo)

    with pytest.raises(WipeRefusedError, match="sandbox"):
        wipe_dummy_site(site, WipeOrder(site.name), by=account_of(jo.user, site), at=timezone.now())


def test_a_sandbox_is_made_on_any_day_of_the_year(jo: CompanyMember) -> None:
    site = open_sandbox(jo.company, at=datetime(2026, 9, 2, 12, tzinfo=UTC))

    with reading(school_id(site)):
        assert Person.objects.filter(school=site).count() > 60
        assert not AttendanceRollCallRecord.objects.filter(school=site).exists()


def test_who_is_removed_is_shut_out_of_the_sandbox_and_let_in_again_with_their_membership(jo: CompanyMember) -> None:
    open_sandboxes()
    dev = joined(jo, CompanyRole.DEVELOPER)
    open_sandboxes()
    change_member_role(dev.id, CompanyRole.READER, by=jo, at=timezone.now())
    assert signed_in(dev.user).get("/sandbox-acme-ltd/").status_code == 200

    open_sandboxes()
    assert signed_in(dev.user).get("/sandbox-acme-ltd/").status_code == 404

    change_member_role(dev.id, CompanyRole.DEVELOPER, by=jo, at=timezone.now())
    open_sandboxes()
    assert signed_in(dev.user).get("/sandbox-acme-ltd/").status_code == 200


def test_people_who_are_in_step_are_left_alone(jo: CompanyMember) -> None:
    assert not match_sandbox_people(jo.company, at=timezone.now())
    open_sandboxes()

    assert not match_sandbox_people(Company.objects.select_related("sandbox").get(), at=timezone.now())


def test_a_company_that_was_declined_is_given_none(jo: CompanyMember) -> None:
    decline_company(jo.company_id, Declined.UNSAFE, by=OPERATOR, at=timezone.now())

    assert open_sandboxes() == 0
    assert "the operator has declined the company" in signed_in(jo.user).get(f"/partners/{jo.company_id}/sandbox").text
    page = signed_in(jo.user).get(f"/partners/{jo.company_id}/").text
    assert "The operator has declined your company" in page


def test_a_dummy_site_of_a_school_is_nobodys_sandbox(database: str) -> None:
    assert sandbox_owner(add_school(life=Life.DUMMY)) is None
    assert sandbox_owner(add_school("brook-lane")) is None
