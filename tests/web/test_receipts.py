"""Receipts: listed, read, downloaded, mailed, and never changed by what comes later."""

import re
from dataclasses import replace

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.jobs import run_jobs
from tests.web.conftest import Oakfield, signed_in
from tests.world import EMAILS, NOW, READ, add_app, add_person, add_school, approve, ask, reject

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.audit.site import enter_site
from consentry.connections.models import Connection, Receipt
from consentry.partners.models import App
from consentry.schools.queries import school_id
from consentry.workflows.publish_permission_set import publish_permission_set


def by_hand(oakfield: Oakfield, order: str) -> None:
    """Somebody with the program's own role gives the database an order."""
    with transaction.atomic(), connection.cursor() as cursor:
        enter_site(school_id(oakfield.site))
        cursor.execute(order)


@pytest.fixture
def receipt(oakfield: Oakfield) -> Receipt:
    """The receipt of Asha's approval of Timetabler."""
    approve(oakfield.connection, oakfield.asha)
    with reading(school_id(oakfield.site)):
        return Receipt.objects.get()


def test_every_decision_stands_in_the_list_the_newest_first(tom: Client, oakfield: Oakfield) -> None:
    """Open to everybody who may open Partner Apps."""
    done = approve(oakfield.connection, oakfield.asha)
    reject(done, oakfield.asha)

    page = tom.get("/oakfield/receipts").text

    assert "2 receipts" in page
    assert page.index(">Rejected<") < page.index(">Approved</span>")
    assert "Asha Patel" in page


def test_the_list_is_searched_filtered_and_sorted(asha: Client, oakfield: Oakfield, receipt: Receipt) -> None:
    approve(ask(add_app("Lunchline", "Lunch Co"), oakfield.site), oakfield.asha)

    by_company = asha.get("/oakfield/receipts?q=lunch co").text
    by_person = asha.get("/oakfield/receipts?q=asha&decision=approved&sort=-app").text

    assert "Timetabler" not in by_company
    assert by_person.index("Timetabler") < by_person.index("Lunchline")
    assert "No receipt matches" in asha.get("/oakfield/receipts?decision=rejected").text
    assert (
        "There is no receipt yet"
        in signed_in(add_person(add_school("elmwood"), "Lee Hart")).get("/elmwood/receipts").text
    )


@pytest.mark.parametrize("query", ["sort=nonsense", "decision=x", "page=" + "9" * 5000, "q=%25%27", "sort=-by&page=0"])
def test_what_an_address_says_wrongly_falls_back_to_the_usual(asha: Client, receipt: Receipt, query: str) -> None:
    assert asha.get(f"/oakfield/receipts?{query}").status_code == 200


def test_the_list_is_downloaded(asha: Client, receipt: Receipt) -> None:
    as_csv = asha.get("/oakfield/receipts/list.csv?decision=approved")
    as_sheet = asha.get("/oakfield/receipts/list.xlsx")

    assert f'"{receipt.id}"' in as_csv.text or f"{receipt.id}," in as_csv.text
    assert "Asha Patel" in as_csv.text
    assert as_sheet.content.startswith(b"PK")


def test_one_receipt_says_who_decided_what_about_which_version(tom: Client, receipt: Receipt) -> None:
    """A dated receipt naming who decided, what version, the full list."""
    page = tom.get(f"/oakfield/receipts/{receipt.id}").text

    assert "Approved: Timetabler" in page
    assert "Asha Patel" in page
    assert "Monday 3 November 2025 at 14:05" in page
    assert "Ethnicity: special category data" in page


def test_it_is_downloaded_as_plain_text(tom: Client, receipt: Receipt) -> None:
    answer = tom.get(f"/oakfield/receipts/{receipt.id}.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert f"oakfield-receipt-{receipt.id}.txt" in answer["Content-Disposition"]
    assert answer.text.startswith(f"Receipt {receipt.id}: Approved")


@pytest.mark.parametrize("number", ["0", "987654321", "9" * 18, "9" * 40])
def test_numbers_that_are_none_are_not_found(asha: Client, receipt: Receipt, number: str) -> None:
    assert asha.get(f"/oakfield/receipts/{number}").status_code == 404
    assert asha.get(f"/oakfield/receipts/{number}.txt").status_code == 404


def test_another_sites_receipt_is_not_found(receipt: Receipt) -> None:
    lee = signed_in(add_person(add_school("elmwood"), "Lee Hart"))

    assert lee.get(f"/elmwood/receipts/{receipt.id}").status_code == 404
    assert lee.get(f"/elmwood/receipts/{receipt.id}.txt").status_code == 404
    assert lee.get(f"/oakfield/receipts/{receipt.id}").status_code == 404


def test_a_receipt_stays_as_it_was_when_names_change(oakfield: Oakfield, tom: Client, receipt: Receipt) -> None:
    """Kept for ever, in the words of the day; the database refuses to change it."""
    before = tom.get(f"/oakfield/receipts/{receipt.id}.txt").text
    with connection.cursor() as cursor:  # no use case renames these: what an operator could do by hand
        cursor.execute("update partners_app set name = 'Other'")
        cursor.execute("update partners_company set name = 'Other Ltd', privacy_notice = 'https://other.example'")
        cursor.execute("update schools_site set name = 'Elsewhere'")
        cursor.execute("update people_user set name = 'Somebody Else'")

    assert tom.get(f"/oakfield/receipts/{receipt.id}.txt").text == before
    for order in ("update connections_receipt set at = now()", "delete from connections_receipt"):
        with pytest.raises(DatabaseError):
            by_hand(oakfield, order)


def test_a_receipt_is_mailed_once_to_everybody_who_may_decide(asha: Client, oakfield: Oakfield) -> None:
    sent = {"version": oakfield.connection.asked_id, "moves": oakfield.connection.moves}
    page = asha.get(asha.post(f"/oakfield/partner-apps/{oakfield.connection.id}/approve", sent)["Location"]).text
    add_person(oakfield.site, "Mia Fox")  # came too late for this one

    run_jobs()
    run_jobs()

    mails = [each for each in mail.outbox if each.subject.startswith("Approved: Timetabler")]
    assert [each.to for each in mails] == [["asha.patel@example.org"]]
    assert "Decided by: Asha Patel" in mails[0].body
    assert re.findall(r"/oakfield/receipts/\d+", str(mails[0].body))[0] in page
    assert "Special category data: Ethnicity" in mails[0].body


def test_a_receipt_of_an_app_that_gives_something_up_says_that_nobody_had_to_decide(
    oakfield: Oakfield, asha: Client
) -> None:
    other = approve(ask(add_app("Lunchline", rows=[EMAILS]), oakfield.site), oakfield.asha)
    publish_permission_set(
        App.objects.get(id=other.app_id), [replace(EMAILS, actions=READ)], note="Less", by=OPERATOR, at=NOW
    )
    with reading(school_id(oakfield.site)):
        assert Connection.objects.get(id=other.id).version is not None
        number = Receipt.objects.order_by("-id")[0].id

    page = asha.get(f"/oakfield/receipts/{number}").text

    assert "The app now asks for less: Lunchline" in page
    assert "nobody had to: Lunchline gave something up" in page
