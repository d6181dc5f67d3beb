"""The page of one app, and its slide-over."""

from django.test import Client
from tests.web.conftest import Oakfield, signed_in
from tests.world import EMAILS, NOW, STUDENTS, add_app, add_person, add_school, approve, ask, call

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.add_company import NewCompany, add_company
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.actions.register_app import NewApp, register_app
from consentry.partners.models import AppKind
from consentry.records.catalogue import catalogue
from consentry.schools.models import Life

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
    assert "It has started: the first call was made at" in after
    assert "1 call answered in the last 14 days." in after
    assert "<rect" in after


def test_an_app_that_is_not_live_says_so(asha: Client, oakfield: Oakfield) -> None:
    dummy = add_school("elmwood", life=Life.DUMMY)
    client = signed_in(add_person(dummy, "Lee Hart"))
    asked = ask(add_app("Lunchline", is_live=False), dummy)

    page = client.get(f"/elmwood/partner-apps/{asked.id}").text

    assert "Application Not Live" in page
    assert "This is your dummy site" in page


def test_addresses_of_companies_never_hold_scripts(asha: Client, oakfield: Oakfield) -> None:
    evil = "javascript:alert(1)"
    company = add_company(NewCompany("<b>Evil</b> Ltd", "Jo", "jo@evil.example", evil, evil), by=OPERATOR, at=NOW)
    app = register_app(company, NewApp("<script>x</script>", "d", "a@evil.example", evil), by=OPERATOR, at=NOW)
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
