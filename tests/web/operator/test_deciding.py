"""The operator decides on companies and apps: each act asks first, is on record, and the company is told."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.web.conftest import Oakfield
from tests.world import NOW, PASSWORD, STUDENTS, add_app, add_person, approve, call
from tests.world_partners import BASE, accepted_company, at_the_desk, member_of, own_app, waiting_company

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.connections.reading.read import Door
from consentry.partners.actions.accept_invitation import accept_invitation
from consentry.partners.actions.decline_app import decline_app
from consentry.partners.actions.join_company import NewPerson
from consentry.partners.actions.mail_company_links import mail_company_links
from consentry.partners.actions.mail_letters import mail_letters
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.actions.submit_app import submit_app
from consentry.partners.models import App, Company, CompanyInvitation, CompanyLetter
from consentry.rules.company_life import Declined
from consentry.rules.company_roles import CompanyRole


@pytest.fixture
def desk(oakfield: Oakfield) -> Client:
    return at_the_desk(add_person(oakfield.site, "Olu Day", None))


def last_event() -> Event:
    found = Event.objects.filter(school_id=0).order_by("-id").first()
    assert found is not None
    return found


def mailed() -> list[tuple[str, str, list[str]]]:
    """What is mailed now: subject, text, to whom."""
    before = len(mail.outbox)
    mail_letters(base_url=BASE, at=NOW)
    return [(str(each.subject), str(each.body), each.to) for each in mail.outbox[before:]]


def test_a_company_is_accepted_and_told(desk: Client) -> None:
    company = waiting_company()
    address = f"/operator/companies/{company.id}"
    asks = desk.get(f"{address}/accept").text
    assert "Accept Orchard Apps" in asks
    assert "rae@orchard.example" in asks

    answer = desk.post(f"{address}/accept", {"note": "Welcome.\r\nBuild well."})

    company.refresh_from_db()
    event = last_event()
    assert (answer.status_code, answer["Location"]) == (303, address)
    assert (company.state, company.state_note) == ("accepted", "Welcome.\nBuild well.")
    assert (event.name, event.actor_kind, event.actor_name) == ("company.accepted", "operator", "Olu Day")
    assert "Orchard Apps is accepted. Its contact is told by email." in desk.get(address).text
    ((subject, text, to),) = mailed()
    assert (subject, to) == ("Orchard Apps is accepted", ["rae@orchard.example"])
    assert "Build well." in text
    assert f"{BASE}/partners/{company.id}/" in text
    assert mailed() == []
    assert "mailed on" in desk.get(address).text


def test_a_competitor_is_declined_with_the_reason(desk: Client) -> None:
    """Seed: our API is only available to apps that are not competitors to our products."""
    company = waiting_company()

    desk.post(f"/operator/companies/{company.id}/decline", {"reason": "competitor", "note": "You sell a MIS."})

    company.refresh_from_db()
    ((_, text, _),) = mailed()
    page = desk.get(f"/operator/companies/{company.id}").text
    assert (company.state, company.declined_for) == ("declined", "competitor")
    assert "The app competes with our own products." in text
    assert "You sell a MIS." in text
    assert "The app competes with our own products" in page
    assert f"/operator/companies/{company.id}/decline" not in page


def test_a_decline_without_a_reason_keeps_what_was_typed(desk: Client) -> None:
    company = waiting_company()

    answer = desk.post(f"/operator/companies/{company.id}/decline", {"note": "No."})

    assert "There is a problem" in answer.text
    assert "Choose the reason." in answer.text
    assert ">No.</textarea>" in answer.text.replace("\n", "")
    assert Company.objects.get(id=company.id).state == "waiting"


@pytest.mark.parametrize("note", ["nul \0", "x" * 3000, "right\u202eleft"])
def test_a_note_that_cannot_be_is_said_at_its_field(desk: Client, note: str) -> None:
    company = waiting_company()

    answer = desk.post(f"/operator/companies/{company.id}/accept", {"note": note})

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert Company.objects.get(id=company.id).state == "waiting"


def test_of_two_tabs_the_second_is_told(desk: Client) -> None:
    company = waiting_company()
    desk.post(f"/operator/companies/{company.id}/accept", {})

    answer = desk.post(f"/operator/companies/{company.id}/decline", {"reason": "other"}, follow=True)

    assert "Nothing was changed" in answer.text
    assert "It stands at “Accepted” now." in answer.text
    assert Company.objects.get(id=company.id).state == "accepted"


def test_the_page_of_an_app_shows_what_it_asks_and_its_schools_and_none_of_their_data(
    desk: Client, oakfield: Oakfield
) -> None:
    approve(oakfield.connection, oakfield.asha)

    page = desk.get(f"/operator/apps/{oakfield.connection.app_id}").text

    assert "Version 1: 1 data type, 3 fields, 1 of them special category data" in page
    assert "Students" in page
    assert "Oakfield School" in page
    assert "0 pending requests, 1 approved, 0 rejected" in page
    assert "Suspend everywhere" in page
    assert "Take it back" in page


def test_an_app_is_suspended_at_once_for_all_schools_with_a_reason(desk: Client, oakfield: Oakfield) -> None:
    """Issue: suspend at once for all schools."""
    approve(oakfield.connection, oakfield.asha)
    app = oakfield.connection.app
    assert call(app, oakfield.site) is Door.OPEN
    asks = desk.get(f"/operator/apps/{app.id}/suspend").text
    assert "1 site approved it. Their decisions stand" in asks

    wrong = desk.post(f"/operator/apps/{app.id}/suspend", {"reason": "A leak.", "confirm": "Lunchline"})
    assert "This is not the name of the app." in wrong.text
    assert "A leak." in wrong.text
    assert call(app, oakfield.site) is Door.OPEN

    desk.post(f"/operator/apps/{app.id}/suspend", {"reason": "A leak.", "confirm": " Timetabler "})

    kept = App.objects.get(id=app.id)
    assert kept.suspended_for == "A leak."
    assert last_event().name == "app.suspended"
    assert "A leak." in desk.get(f"/operator/apps/{app.id}").text
    assert [subject for subject, text, _ in mailed() if "The reason: A leak." in text] == ["Timetabler is suspended"]

    desk.post(f"/operator/apps/{app.id}/resume")

    kept.refresh_from_db()
    assert (kept.suspended_at, kept.suspended_for) == (None, "")
    assert call(app, oakfield.site) is Door.OPEN
    assert [subject for subject, _, _ in mailed()] == ["Timetabler may go on"]


def test_an_app_is_taken_back_and_made_live(desk: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)
    app = oakfield.connection.app
    mailed()

    desk.post(f"/operator/apps/{app.id}/take-back")
    assert call(app, oakfield.site) is Door.NOT_LIVE

    desk.post(f"/operator/apps/{app.id}/live")
    assert call(app, oakfield.site) is Door.OPEN
    assert [subject for subject, _, _ in mailed()] == ["Timetabler is not live any more", "Timetabler is live"]


def test_only_an_accepted_app_can_go_live(desk: Client, oakfield: Oakfield) -> None:
    app = oakfield.connection.app
    desk.post(f"/operator/apps/{app.id}/decline", {"reason": "unsafe"})
    app.refresh_from_db()
    assert (app.stage, app.declined_for, app.is_live) == ("declined", "unsafe", False)
    assert f"/operator/apps/{app.id}/live" not in desk.get(f"/operator/apps/{app.id}").text

    answer = desk.post(f"/operator/apps/{app.id}/live")

    assert "The operator has not accepted Timetabler." in answer.text
    assert not App.objects.get(id=app.id).is_live


def test_an_app_that_was_put_before_the_operator_is_accepted_and_then_made_live(desk: Client) -> None:
    company = accepted_company()
    app = own_app(company, "Reader")
    publish_version(app, (STUDENTS,), note="First version", by=OPERATOR, at=NOW)
    submit_app(app.id, by=member_of(company), at=NOW)
    assert f"/operator/apps/{app.id}" in desk.get("/operator/").text
    mailed()

    desk.post(f"/operator/apps/{app.id}/live")
    assert not App.objects.get(id=app.id).is_live
    desk.post(f"/operator/apps/{app.id}/accept", {"note": "Nice."})
    desk.post(f"/operator/apps/{app.id}/live")

    app.refresh_from_db()
    assert (app.stage, app.stage_note, app.is_live) == ("accepted", "Nice.", True)
    assert [subject for subject, _, _ in mailed()] == ["Reader is accepted", "Reader is live"]


def test_an_app_of_a_company_that_was_not_accepted_waits_for_it(desk: Client) -> None:
    company = waiting_company()
    app = own_app(company, "Reader")
    publish_version(app, (STUDENTS,), note="First version", by=OPERATOR, at=NOW)
    submit_app(app.id, by=member_of(company), at=NOW)

    answer = desk.post(f"/operator/apps/{app.id}/accept", {})

    assert "Accept the company first: Orchard Apps has not been accepted." in answer.text
    assert App.objects.get(id=app.id).stage == "submitted"


def test_an_app_that_was_not_put_before_the_operator_is_not_accepted(desk: Client) -> None:
    app = add_app("Reader", "Lunch Co")
    decline_app(app.id, Declined.OTHER, by=OPERATOR, at=NOW)

    answer = desk.post(f"/operator/apps/{app.id}/accept", {}, follow=True)

    assert "It stands at “Declined” now." in answer.text
    assert App.objects.get(id=app.id).stage == "declined"


ACTS = [
    "companies/{company}/accept", "companies/{company}/decline", "apps/{app}/accept", "apps/{app}/decline",
    "apps/{app}/live", "apps/{app}/take-back", "apps/{app}/suspend", "apps/{app}/resume",
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_looking_at_an_act_does_nothing_and_others_find_none(
    desk: Client, asha: Client, oakfield: Oakfield, act: str
) -> None:
    company, app = waiting_company(), oakfield.connection.app
    address = f"/operator/{act.format(company=company.id, app=app.id)}"
    before = Event.objects.filter(school_id=0).count()

    assert desk.get(address).status_code == 200
    assert asha.get(address).status_code == 404
    assert asha.post(address).status_code == 404
    assert desk.put(address).status_code == 405
    assert desk.post(f"/operator/{act.format(company=9**9, app=9**9)}").status_code == 404

    assert Event.objects.filter(school_id=0).count() == before
    assert not CompanyLetter.objects.exists()


def test_somebody_is_invited_to_a_company_that_has_nobody(desk: Client) -> None:
    company = add_app("Rotas", "Rotas Ltd").company
    address = f"/operator/companies/{company.id}"
    assert "Nobody acts for it here yet." in desk.get(address).text

    answer = desk.post(f"{address}/invite", {"email": "Jo@rotas.example"})

    assert (answer.status_code, answer["Location"]) == (303, address)
    mail_company_links(base_url=BASE, at=timezone.now())
    letter = mail.outbox[-1]
    assert letter.to == ["jo@rotas.example"]
    assert "The operator invites you to act for Rotas Ltd" in letter.body
    key = str(letter.body).partition("/partners/join/")[2].split()[0]
    member = accept_invitation(key, NewPerson("Jo Bell", PASSWORD), at=timezone.now())
    assert (member.company, member.role) == (company, CompanyRole.ADMINISTRATOR)
    assert "Jo Bell" in desk.get(address).text
    again = desk.post(f"{address}/invite", {"email": "jo@rotas.example"})
    assert "jo@rotas.example acts for Rotas Ltd already" in again.text


@pytest.mark.parametrize("email", ["", "nobody", "a@b\x00.example", "x" * 300 + "@acme.example"])
def test_nobody_is_invited_at_what_is_no_address(desk: Client, email: str) -> None:
    company = add_app("Rotas", "Rotas Ltd").company

    answer = desk.post(f"/operator/companies/{company.id}/invite", {"email": email})

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert not CompanyInvitation.objects.filter(company=company).exists()
