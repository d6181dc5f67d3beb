"""Why does the sync not work? The trouble page, reporting a problem, and what company and operator see of it."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.api.calls import client_of
from tests.partners.company_world import joined, registered
from tests.project.sign_in.coming_in import set_up_app
from tests.web.conftest import Oakfield, signed_in
from tests.world import NOW, STUDENTS, account_of, add_app, add_person, add_school, approve, ask
from tests.world_partners import accepted_company, app_behind, at_the_desk

from consentry.audit.actor import OPERATOR
from consentry.connections.models import Connection
from consentry.partners.actions.accept_company import accept_company
from consentry.partners.actions.declare_requirements import declare_requirements
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.actions.remove_member import remove_member
from consentry.partners.actions.settle_trouble import settle_trouble
from consentry.partners.models import AppKind, CompanyMember, TroubleReport
from consentry.people.actions.add_roles import OFFICE
from consentry.rules.company_roles import CompanyRole
from consentry.rules.grants import Action
from consentry.rules.readiness import Check, Need
from consentry.workflows.publish_permission_set import publish_permission_set

TYPED = {"kind": "missing", "since": "", "text": "Year 7 is not there.\r\nSince the holidays."}
HOSTILE = ["", "  ", "nul \0", "x" * 1_000_000, "a\u202eb"]


@pytest.fixture
def jo(database: str) -> CompanyMember:
    """The Administrator of Acme Ltd, which the operator has accepted."""
    jo = registered()
    accept_company(jo.company_id, by=OPERATOR, at=NOW)
    return jo


@pytest.fixture
def oakfield(jo: CompanyMember) -> Oakfield:
    """As everywhere, with Timetabler as an app of Acme Ltd."""
    site = add_school()
    asha, tom = add_person(site), add_person(site, "Tom Reed", OFFICE)
    return Oakfield(site, asha, tom, ask(add_app("Timetabler", jo.company.name), site))


@pytest.fixture
def approved(oakfield: Oakfield) -> Connection:
    return approve(oakfield.connection, oakfield.asha)


@pytest.fixture
def page(oakfield: Oakfield) -> str:
    return f"/oakfield/partner-apps/{oakfield.connection.id}/trouble"


def at_acme(member: CompanyMember) -> Client:
    """A browser in which this person of the company is signed in with a second factor."""
    client = signed_in(member.user)
    set_up_app(client)
    return client


def text_of(client: Client, address: str) -> str:
    """The page's words, its markup taken off."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(unescape(re.sub("<[^>]+>", " ", answer.text.partition("<main")[2])).split())


def shown_facts(client: Client, page: str) -> dict[str, str]:
    """What the form sends along without being typed."""
    form = client.get(page).context["form"]
    return {name: form[name].value() for name in ("seen_at", "seen")}


def reported(client: Client, page: str) -> TroubleReport:
    answer = client.post(f"{page}/report", TYPED | shown_facts(client, page))
    made = TroubleReport.objects.latest("id")
    assert (answer.status_code, answer["Location"]) == (303, f"/oakfield/troubles/{made.id}")
    return made


def test_the_page_is_linked_from_the_app_for_everybody_who_sees_that(tom: Client, page: str) -> None:
    address = page.removesuffix("/trouble")

    assert f'href="{page}">Why does the sync not work?</a>' in tom.get(address).text
    assert f'href="{page}"' in tom.get(address, headers={"HX-Request": "true"}).text
    assert "Only someone with the permission School: User Accounts: Administer can report" in text_of(tom, page)


def test_it_says_what_is_the_matter_what_to_do_and_by_whom(
    asha: Client, approved: Connection, oakfield: Oakfield, page: str
) -> None:
    """Issue: the trouble page answers why the sync does not work: last calls, last errors in words, who to contact."""
    assert "Timetabler has never called" in text_of(asha, page)
    caller = client_of(approved.app, oakfield.site)
    caller.get("students")
    for _ in range(12):
        caller.get("students", "fields=religion")

    said = text_of(asha, page)
    assert "Its last call was refused That was because it asked for “Religion” of Students" in said
    assert "For Acme Ltd to do" in said
    local = timezone.localtime()
    assert "It asked for “Religion” of Students, which version 1 does not include. 12 times, last today" in said
    assert f"today, {local:%H}:" in said
    assert "Students: 29 of 32 fields left out" in said
    assert "Jo Bell at Acme Ltd: help@acme.example" in said


def test_a_change_that_waits_is_led_to(asha: Client, approved: Connection, oakfield: Oakfield, page: str) -> None:
    client_of(approved.app, oakfield.site).get("students", "fields=religion")
    wider = AskedRow("Student", [*STUDENTS.fields, "religion"], frozenset({Action.READ}), "For the prayer room")
    publish_permission_set(approved.app, [wider], note="Religion", by=OPERATOR, at=NOW)

    answer = asha.get(page)
    assert answer.context["first"]["title"] == "Timetabler asks for what waits for a decision"
    assert f'href="{page.removesuffix("/trouble")}/review"' in answer.text
    assert "Version 2, which waits for a decision, includes it." in answer.text


def test_what_the_sync_needs_stands_there_too(
    asha: Client, approved: Connection, oakfield: Oakfield, page: str, jo: CompanyMember
) -> None:
    declare_requirements(approved.app_id, [Need(Check.PUPIL_UPNS, "To match them")], by=jo, at=timezone.now())
    client_of(approved.app, oakfield.site).get("students")

    assert "Ready to sync" in text_of(asha, page)
    assert "Every pupil on roll has a UPN" in text_of(asha, page)


def test_apps_behind_a_provider_are_the_providers_to_answer(asha: Client, oakfield: Oakfield) -> None:
    provider = add_app("Groupcall", accepted_company("Groupcall Ltd").name, kind=AppKind.DATA_PROVIDER)
    app_behind(provider, "GCSEPod", "Soundbite Learning")
    asked = ask(provider, oakfield.site)

    said = text_of(asha, f"/oakfield/partner-apps/{asked.id}/trouble")
    assert "What an app behind it gets is settled at Groupcall Ltd: ask them about GCSEPod too." in said


def test_a_problem_goes_to_the_company_and_back(
    asha: Client, tom: Client, approved: Connection, page: str, jo: CompanyMember
) -> None:
    made = reported(asha, page)
    own, theirs = f"/oakfield/troubles/{made.id}", f"/partners/{jo.company_id}/troubles/{made.id}"
    acme = at_acme(jo)

    assert "Oakfield School: Some data is missing" in text_of(acme, theirs)
    assert "Year 7 is not there. Since the holidays." in text_of(acme, theirs)
    assert "Timetabler has never called" in text_of(acme, theirs)
    assert "asha.patel@example.org" not in acme.get(theirs).text
    assert "Oakfield School: Some data is missing" in text_of(acme, f"/partners/{jo.company_id}/apps/{made.app_id}")
    assert "1 school waits for your answer" in text_of(acme, f"/partners/{jo.company_id}/")
    answer = acme.post(f"{theirs}/answer", {"text": "We start it tonight.", "settles": "on"})
    assert (answer.status_code, answer["Location"]) == (303, theirs)
    assert "Settled" in text_of(asha, page)
    assert "Acme Ltd settled it We start it tonight." in text_of(asha, own)
    assert asha.post(f"{own}/say", {"text": "It did not start."}).status_code == 303
    assert "Waiting for the company" in text_of(asha, page)
    assert f'href="{own}">Go on with that report</a>' in asha.get(page).text
    assert asha.post(f"{own}/settle").status_code == 303
    assert "Oakfield School settled it" in text_of(acme, theirs)
    for act, back in ((f"{theirs}/answer", theirs), (f"{page}/report", page)):
        assert (acme if act.startswith("/partners") else asha).get(act)["Location"] == back
    assert "Nothing was changed" in asha.post(f"{own}/settle", follow=True).text
    assert acme.post(f"{theirs}/answer", {"text": "Fine."}, follow=True).text.count("Nothing was changed") == 1
    assert tom.get(own).status_code == 403
    assert tom.post(f"{own}/say", {"text": "x"}).status_code == 403
    assert tom.post(f"{page}/report", TYPED).status_code == 403
    assert f'href="{own}"' not in tom.get(page).text


def test_the_operator_reads_it_and_adds_a_note(
    asha: Client, approved: Connection, oakfield: Oakfield, page: str, jo: CompanyMember
) -> None:
    made = reported(asha, page)
    desk = at_the_desk(add_person(oakfield.site, "Olu Day", None))

    assert "1 reported problem open" in text_of(desk, "/operator/")
    assert "Timetabler Acme Ltd Oakfield School" in text_of(desk, "/operator/troubles?q=acme&state=open&sort=school")
    assert "No report matches" in text_of(desk, "/operator/troubles?q=nonesuch")
    assert "Timetabler,Acme Ltd,Oakfield School,Some data is missing" in desk.get(
        "/operator/troubles/list.csv"
    ).content.decode().replace('"', "")
    assert "Year 7 is not there." in text_of(desk, f"/operator/troubles/{made.id}")
    assert desk.post(f"/operator/troubles/{made.id}/note", {"text": "We look at it."}).status_code == 303
    assert "The operator added a note We look at it." in text_of(asha, f"/oakfield/troubles/{made.id}")
    for text in HOSTILE:
        assert desk.post(f"/operator/troubles/{made.id}/note", {"text": text}).status_code == 200
    assert made.notes.count() == 1
    assert desk.get("/operator/troubles/999999999").status_code == 404
    assert desk.post("/operator/troubles/999999999/note", {"text": "x"}).status_code == 404
    assert at_acme(jo).get("/operator/troubles").status_code == 404


@pytest.mark.parametrize("text", HOSTILE)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    asha: Client, approved: Connection, page: str, jo: CompanyMember, text: str
) -> None:
    answer = asha.post(f"{page}/report", TYPED | shown_facts(asha, page) | {"text": text})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"text"}
    answer = asha.post(f"{page}/report", TYPED | shown_facts(asha, page) | {"since": "2026-02-31"})
    assert set(answer.context["form"].errors) == {"since"}
    assert not TroubleReport.objects.exists()

    made = reported(asha, page)
    own, theirs = f"/oakfield/troubles/{made.id}", f"/partners/{jo.company_id}/troubles/{made.id}"
    assert asha.post(f"{own}/say", {"text": text}).status_code == 200
    assert at_acme(jo).post(f"{theirs}/answer", {"text": text}).status_code == 200
    assert made.notes.count() == 0


def test_markup_is_text_everywhere(asha: Client, approved: Connection, page: str, jo: CompanyMember) -> None:
    evil = "<script>alert(1)</script>{{ 7 }}"
    asha.post(f"{page}/report", TYPED | shown_facts(asha, page) | {"text": evil})
    made = TroubleReport.objects.get()

    for client, address in (
        (asha, f"/oakfield/troubles/{made.id}"),
        (at_acme(jo), f"/partners/{jo.company_id}/troubles/{made.id}"),
    ):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in client.get(address).text


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"seen": "x"}, {"seen_at": "yesterday"}, {"seen_at": "2020-01-01T00:00:00"}, {"kind": ""}, {"kind": "x"},
        {"seen_at": "9999-12-31T23:59:59-14:00"}, {"seen_at": "x" * 50},
    ],
)  # fmt: skip
def test_facts_that_nobody_saw_are_shown_anew_and_nothing_is_lost(
    asha: Client, approved: Connection, page: str, sent: dict[str, str]
) -> None:
    answer = asha.post(f"{page}/report", TYPED | ({} if not sent else shown_facts(asha, page)) | sent)

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert "Year 7 is not there." in answer.text
    assert not TroubleReport.objects.exists()
    form = answer.context["form"]
    again = {name: form[name].value() for name in ("seen_at", "seen")}
    assert asha.post(f"{page}/report", TYPED | again).status_code == 303


def test_whose_it_is_not_finds_nothing(
    asha: Client, approved: Connection, oakfield: Oakfield, page: str, jo: CompanyMember
) -> None:
    made = reported(asha, page)
    elm = signed_in(add_person(add_school("elmwood"), "Elm Head"))
    rival = registered("Rival Ltd", "rae@rival.example", "Rae Moss")

    for number in (made.id, 999_999_999, 10**30):
        assert elm.get(f"/elmwood/troubles/{number}").status_code == 404
        for act in ("say", "settle"):
            assert elm.post(f"/elmwood/troubles/{number}/{act}", {"text": "x"}).status_code == 404
        assert signed_in(rival.user).get(f"/partners/{rival.company_id}/troubles/{number}").status_code == 404
        path = f"/partners/{rival.company_id}/troubles/{number}/answer"
        assert signed_in(rival.user).post(path, {"text": "x"}).status_code == 404
    for number in (approved.id, 999_999_999, 10**30):
        assert elm.get(f"/elmwood/partner-apps/{number}/trouble").status_code == 404
        assert elm.post(f"/elmwood/partner-apps/{number}/trouble/report", TYPED).status_code == 404
    assert "No school reports a problem" in text_of(signed_in(rival.user), f"/partners/{rival.company_id}/troubles")


def test_readers_read_support_answers_and_who_was_removed_does_neither(
    asha: Client, approved: Connection, page: str, jo: CompanyMember
) -> None:
    made = reported(asha, page)
    address = f"/partners/{jo.company_id}/troubles/{made.id}"
    reader = signed_in(joined(jo, CompanyRole.READER, "rita@acme.example", "Rita Moss").user)
    sam = joined(jo, CompanyRole.SUPPORT, "sam@acme.example", "Sam Lee")
    support = at_acme(sam)

    assert "you need to be Administrator or Developer or Support of Acme Ltd" in text_of(reader, address)
    assert reader.post(f"{address}/answer", {"text": "x"}).status_code == 403
    assert support.get(f"/partners/{jo.company_id}/apps/new").status_code == 403
    assert support.post(f"{address}/answer", {"text": "We look."}).status_code == 303
    remove_member(sam.id, by=jo, at=timezone.now())
    assert support.get(address)["Location"].startswith("/accounts/login/")
    assert support.post(f"{address}/answer", {"text": "x"})["Location"].startswith("/accounts/login/")
    assert made.notes.count() == 1


def test_the_companys_list_is_searched_filtered_sorted_and_downloaded(
    asha: Client, approved: Connection, oakfield: Oakfield, page: str, jo: CompanyMember
) -> None:
    made = reported(asha, page)
    address, acme = f"/partners/{jo.company_id}/troubles", at_acme(jo)

    assert "Oakfield School Some data is missing Timetabler" in text_of(acme, f"{address}?q=oak&sort=-app")
    assert "No report matches" in text_of(acme, f"{address}?state=settled")
    assert "No report matches" in text_of(acme, f"{address}?q=acme"), "its own name finds nothing"
    settle_trouble(oakfield.site, made.id, by=account_of(oakfield.asha, oakfield.site), at=timezone.now())
    assert "Settled" in text_of(acme, f"{address}?state=settled&page=9")
    assert acme.get(f"{address}/list.csv").status_code == 200
    assert acme.get(f"{address}/list.xlsx").status_code == 200


def test_many_reports_and_calls_take_as_many_queries_as_few(
    asha: Client, approved: Connection, oakfield: Oakfield, page: str
) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as made:
            assert asha.get(address).status_code == 200
        return len(made)

    caller, by = client_of(approved.app, oakfield.site), account_of(oakfield.asha, oakfield.site)
    made = reported(asha, page)
    caller.get("students", "fields=religion")
    few = queries(page), queries(f"/oakfield/troubles/{made.id}")
    for number in range(2):
        settle_trouble(oakfield.site, made.id, by=by, at=timezone.now())
        caller.get("students", f"fields={('bloodGroup', 'nhsNumber')[number]}")
        made = reported(asha, page)

    assert (queries(page), queries(f"/oakfield/troubles/{made.id}")) == few
