"""The page of one app, and its slide-over."""

from django.db import connections
from django.test import Client
from tests.web.conftest import Oakfield, signed_in
from tests.world import EMAILS, NOW, READ, STUDENTS, add_app, add_person, add_school, approve, ask, call, reject

from consentry.audit.actor import OPERATOR
from consentry.connections.reading.read import Door
from consentry.partners.actions.add_company import NewCompany, add_company
from consentry.partners.actions.publish_version import AskedRow, publish_version
from consentry.partners.actions.register_app import NewApp, register_app
from consentry.partners.models import AppKind
from consentry.records.catalogue import catalogue
from consentry.rules.disclosure import Reason
from consentry.schools.models import Life
from consentry.web.refused_calls import because

HTMX = {"HX-Request": "true", "HX-Target": "slide-over"}


def test_the_slide_over_shows_what_is_asked_for(asha: Client, oakfield: Oakfield) -> None:
    asked = ask(add_app("Lunchline", "Lunch Co", rows=(STUDENTS, EMAILS)), oakfield.site)

    shown = asha.get(f"/oakfield/partner-apps/{asked.id}", headers=HTMX)

    assert shown.text.lstrip().startswith("<dialog")
    assert f"All {len(catalogue()['EmailAddress'].fields)} fields" in shown.text
    assert "Person, Ethnicity +1" in shown.text
    assert "Ethnicity: special category data" in shown.text
    assert shown.text.count('class="tick tick--yes"') == 3
    assert "HX-Request" in shown["Vary"]
    assert shown["Cache-Control"] == "no-store, private"


def test_without_a_script_the_same_address_is_a_page(asha: Client, oakfield: Oakfield) -> None:
    page = asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}").text

    assert "<h1>Timetabler</h1>" in page
    assert "When will the sync start?" in page
    assert "It can read nothing before it is approved." in page
    assert "Version 1" in page
    assert "Asked to connect, version 1" in page


def test_the_sync_is_answered_by_what_the_app_did(asha: Client, oakfield: Oakfield) -> None:
    address = f"/oakfield/partner-apps/{oakfield.connection.id}"
    approve(oakfield.connection, oakfield.asha)
    before = asha.get(address).text

    call(oakfield.connection.app, oakfield.site)
    after = asha.get(address).text

    assert "Timetabler has made no call yet." in before
    assert "It has started: the first call was answered on" in after
    assert "1 call answered in the last 14 days." in after
    assert "<rect" in after


def test_a_refused_call_is_a_call_and_says_why(asha: Client, oakfield: Oakfield) -> None:
    app, address = oakfield.connection.app, f"/oakfield/partner-apps/{oakfield.connection.id}"
    call(app, oakfield.site)
    waiting = asha.get(address).text
    approved = approve(oakfield.connection, oakfield.asha)
    let_in = asha.get(address).text
    call(app, oakfield.site)
    call(app, oakfield.site, "Staff")
    asked_too_much = asha.get(address).text
    reject(approved, oakfield.asha)
    call(app, oakfield.site)
    rejected = asha.get(address).text

    assert "Timetabler last called on" in waiting
    assert "and was refused, because the school had not decided yet. It can read nothing before" in waiting
    assert "No call yet" not in waiting
    assert "1 call refused" in waiting
    assert "because the school had not decided yet. It may read from now on" in let_in
    assert "It has started" in asked_too_much
    assert "because it asked for “Staff”, which is not part of what was approved" in asked_too_much
    assert "Refused, because the school had rejected it" in rejected


def test_every_way_to_be_refused_has_words() -> None:
    doors = {door.value for door in Door} - {Door.OPEN.value, Door.MOVED.value}
    named = {"field not granted: Student.ethnicity", "unreadable: page-size", "unknown address", "too costly"}
    for why in doors | named | {f"{reason.value}: Student" for reason in Reason}:
        assert because(why).startswith("because "), why

    assert "“Ethnicity” of Students" in because("field not granted: Student.ethnicity")
    assert because("something new") == "with the reason “something new”"


def test_the_picture_of_calls_says_how_many_its_highest_bar_stands_for(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)
    for _ in range(3):
        call(oakfield.connection.app, oakfield.site)

    page = asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}").text

    assert page.index("3 calls</p>") < page.index("<svg viewBox")


def test_an_app_that_is_not_live_says_so(asha: Client, oakfield: Oakfield) -> None:
    dummy = add_school("elmwood", life=Life.DUMMY)
    client = signed_in(add_person(dummy, "Lee Hart"))
    asked = ask(add_app("Lunchline", is_live=False), dummy)

    page = client.get(f"/elmwood/partner-apps/{asked.id}").text

    assert "Application Not Live" in page
    assert "This is your dummy site" in page


def test_the_dummy_sites_warning_is_for_those_who_have_not_approved_yet(oakfield: Oakfield) -> None:
    dummy = add_school("elmwood", life=Life.DUMMY)
    lee = add_person(dummy, "Lee Hart")
    asked = ask(add_app("Lunchline"), dummy)
    approve(asked, lee)

    assert "This is your dummy site" not in signed_in(lee).get(f"/elmwood/partner-apps/{asked.id}").text


def test_who_asks_to_write_is_said_to_read_only_for_now(asha: Client, oakfield: Oakfield) -> None:
    writes = ask(add_app("Mail Keeper", "Keeper Ltd", rows=(EMAILS,)), oakfield.site)

    assert "Apps can only read for now" in asha.get(f"/oakfield/partner-apps/{writes.id}").text
    assert "Apps can only read for now" not in asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}").text


def test_many_special_fields_are_counted_and_marked_one_by_one(asha: Client, oakfield: Oakfield) -> None:
    religion_and_more = AskedRow("Student", ["person", "ethnicity", "religion", "bloodGroup"], READ)
    only_special = AskedRow("Staff", ["religion", "ethnicity"], READ)
    asked = ask(add_app("Lunchline", "Lunch Co", rows=(religion_and_more, only_special)), oakfield.site)

    page = asha.get(f"/oakfield/partner-apps/{asked.id}").text

    assert "3 of 4 fields are special category data" in page
    assert "<li>Religion (special category data)</li>" in page
    assert "Special category data</span>" in page


def test_addresses_of_companies_never_hold_scripts(asha: Client, oakfield: Oakfield) -> None:
    evil = "javascript:alert(1)"
    good = "https://evil.example"
    company = add_company(NewCompany("<b>Evil</b> Ltd", "Jo", "jo@evil.example", good, good), by=OPERATOR, at=NOW)
    app = register_app(company, NewApp("<script>x</script>", "d", "a@evil.example", good), by=OPERATOR, at=NOW)
    with connections["owner"].cursor() as cursor:  # as it can stand in a database from before they were checked
        cursor.execute("update partners_company set website = %s, privacy_notice = %s", [evil, evil])
        cursor.execute("update partners_app set website = %s", [evil])
    connections["owner"].close()
    publish_version(app, [STUDENTS], note="<i>note</i>", by=OPERATOR, at=NOW)
    asked = ask(app, oakfield.site)

    page = asha.get(f"/oakfield/partner-apps/{asked.id}").text

    assert "javascript:" not in page
    assert "<script>x" not in page
    assert "<b>Evil" not in page
    assert "<i>note" not in page


def test_a_data_provider_is_named_as_one(asha: Client, oakfield: Oakfield) -> None:
    asked = ask(add_app("Bridge", "Bridge Co", kind=AppKind.DATA_PROVIDER), oakfield.site)

    assert "is a data provider" in asha.get(f"/oakfield/partner-apps/{asked.id}").text
    assert "Data provider" in asha.get("/oakfield/partner-apps/pending").text


def test_the_companys_contact_and_the_apps_are_told_apart(asha: Client, oakfield: Oakfield) -> None:
    for headers in ({}, HTMX):
        page = asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}", headers=headers).text
        assert 'Company’s contact: Jo Bell, <a href="mailto:jo@acme.example">jo@acme.example</a>' in page
        assert 'App’s contact: <a href="mailto:help@acme.example">help@acme.example</a>' in page


def test_what_each_button_does_is_said_beside_it(asha: Client, oakfield: Oakfield) -> None:
    address = f"/oakfield/partner-apps/{oakfield.connection.id}"
    pending = asha.get(address, headers=HTMX).text
    approved = approve(oakfield.connection, oakfield.asha)
    in_force = asha.get(address, headers=HTMX).text
    reject(approved, oakfield.asha)
    rejected = asha.get(address, headers=HTMX).text

    assert "<b>Approve:</b> The app can read from the moment you approve." in pending
    assert "<b>Reject:</b> It goes on reading nothing. You can approve it later, under Rejected Apps." in pending
    assert "<b>Reject:</b> All access ends at once. Data that Acme Ltd has already taken stays" in in_force
    assert "<b>Approve:</b>" not in in_force
    assert "<b>Reject:</b>" not in rejected


def test_ticks_of_a_rejected_app_are_said_to_give_nothing(asha: Client, oakfield: Oakfield) -> None:
    address = f"/oakfield/partner-apps/{oakfield.connection.id}"
    approved = approve(oakfield.connection, oakfield.asha)
    in_force = asha.get(address).text
    reject(approved, oakfield.asha)

    assert "What Timetabler would read if approved again; it can read nothing now." in asha.get(address).text
    assert "it can read nothing now" not in in_force
