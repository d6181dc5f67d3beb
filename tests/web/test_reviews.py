"""An app asks for more than was approved: the review on its page, in lists, at home, and the decision."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection as database_connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Oakfield, signed_in
from tests.world import EMAILS, NOW, READ, STUDENTS, account_of, add_app, add_person, add_school, approve, ask, reject

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.actions.decline_review import decline_review
from consentry.connections.models import Connection, Review
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App
from consentry.rules.grants import Action
from consentry.rules.review_life import ReviewState
from consentry.schools.queries import school_id
from consentry.workflows.publish_permission_set import publish_permission_set

WHY = "To plan where pupils pray"
WIDER = AskedRow("Student", [*STUDENTS.fields, "religion"], READ, WHY)
STAFF = AskedRow("Staff", ["person", "staffNumber"], READ, "To send cover", required=False)


def publish(rows: Sequence[AskedRow], note: str = "We plan rooms of prayer now") -> None:
    publish_permission_set(App.objects.get(), rows, note=note, by=OPERATOR, at=NOW)


def now(oakfield: Oakfield) -> Connection:
    with reading(school_id(oakfield.site)):
        return Connection.objects.select_related("version", "asked").get(id=oakfield.connection.id)


def review_of(oakfield: Oakfield) -> Review:
    with reading(school_id(oakfield.site)):
        return Review.objects.order_by("-id")[0]


@pytest.fixture
def address(oakfield: Oakfield) -> str:
    """The page of the review of Timetabler, which was approved with students and asks for more now."""
    approve(oakfield.connection, oakfield.asha)
    publish([WIDER, STAFF])
    return f"/oakfield/partner-apps/{oakfield.connection.id}/review"


def decide(client: Client, address: str, decision: str, review: Review, **more: Any) -> Any:
    """Send the form of the page on which the review was seen like this."""
    return client.post(f"{address}/{decision}", {"review": review.id, "moves": review.moves} | more)


def test_a_review_says_what_is_new_how_many_records_and_why(asha: Client, address: str) -> None:
    """What is new, what goes, how many records it concerns here, which is special category, and why."""
    page = asha.get(address).text

    assert "From version 1 to version 2" in page
    assert "We plan rooms of prayer now" in page
    assert "Religion: special category data" in page
    assert "It wants 3 more fields, 1 of them special category data." in page
    assert WHY in page
    assert "New data type" in page
    assert "No record here now" in page
    assert "Optional: the app works without it." in page
    assert "What goes" not in page
    assert "version 1 stays in force" in page


def test_the_records_of_each_data_type_are_counted_at_this_school(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)
    publish([STUDENTS, AskedRow("Country", ["code"], READ)])

    assert "records here now" in asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}/review").text


def test_a_review_says_what_goes(asha: Client, oakfield: Oakfield) -> None:
    other = ask(add_app("Lunchline", rows=[STUDENTS, EMAILS]), oakfield.site)
    approve(other, oakfield.asha)
    wanted = [AskedRow("Student", ["person"], frozenset({Action.READ, Action.UPDATE}))]
    publish_permission_set(other.app, wanted, note="Less", by=OPERATOR, at=NOW)

    page = asha.get(f"/oakfield/partner-apps/{other.id}/review").text

    assert "What goes" in page
    assert "No longer asked for" in page
    assert "Fields (2):" in page
    assert "New: may update" in page
    assert "It wants to do more with data that it has already." in page
    assert "writing, updating and deleting are not switched on yet" in page


def test_accepting_puts_it_in_force_and_leads_to_the_receipt(asha: Client, oakfield: Oakfield, address: str) -> None:
    answer = decide(asha, address, "accept", review_of(oakfield))
    page = asha.get(answer["Location"]).text

    assert answer.status_code == 303
    assert "You accepted what Timetabler asks for" in page
    assert "See the receipt" in page
    version = now(oakfield).version
    assert version is not None
    assert version.number == 2
    assert "There is nothing to decide" not in asha.get(address).text
    assert "This was accepted" in asha.get(address).text


def test_declining_keeps_what_is_in_force_and_can_be_thought_over(
    asha: Client, oakfield: Oakfield, address: str
) -> None:
    """Decline keeps the old one."""
    decide(asha, address, "decline", review_of(oakfield))
    page, app = asha.get(address).text, asha.get(address.removesuffix("/review")).text

    assert "This was declined" in page
    assert "/review/decline" not in page
    assert "You declined version 2" in app
    assert decide(asha, address, "accept", review_of(oakfield)).status_code == 303
    version = now(oakfield).version
    assert version is not None
    assert version.number == 2


def test_who_may_not_decide_sees_it_and_is_told_what_is_missing(tom: Client, oakfield: Oakfield, address: str) -> None:
    page = tom.get(address).text
    refused = [decide(tom, address, each, review_of(oakfield)) for each in ("accept", "decline")]

    assert page.count("disabled>") == 2
    assert "School: User Accounts: Administer" in page
    assert [answer.status_code for answer in refused] == [403, 403]
    assert review_of(oakfield).state == ReviewState.OPEN
    assert "can decide this. Your admin team can give it to you." in page


def test_who_decides_second_is_told_who_decided_first(asha: Client, oakfield: Oakfield, address: str) -> None:
    seen = review_of(oakfield)
    mia = add_person(oakfield.site, "Mia Fox")
    decline_review(oakfield.site, seen.id, seen.moves, by=account_of(mia, oakfield.site), at=NOW)

    late = decide(asha, address, "accept", seen)

    assert late.status_code == 409
    assert "Mia Fox declined it on" in late.text
    assert "was not carried out" in late.text
    assert review_of(oakfield).state == ReviewState.DECLINED


def test_a_form_about_an_earlier_version_decides_nothing(asha: Client, oakfield: Oakfield, address: str) -> None:
    """The company published again between opening the page and pressing the button."""
    seen = review_of(oakfield)
    publish([WIDER, STAFF, EMAILS])

    late = decide(asha, address, "accept", seen)

    assert late.status_code == 409
    assert "asks for something else since you opened the page" in late.text
    assert "Email addresses" in late.text
    version = now(oakfield).version
    assert version is not None
    assert version.number == 1


def test_a_review_that_was_superseded_or_withdrawn_says_so(asha: Client, oakfield: Oakfield, address: str) -> None:
    publish([STUDENTS])
    superseded = asha.get(address).text
    publish([WIDER])
    reject(now(oakfield), oakfield.asha)
    withdrawn = asha.get(address).text

    assert "a later version since" in superseded
    assert "was rejected before anybody decided" in withdrawn
    assert "/review/accept" not in superseded + withdrawn


def test_a_suspended_app_is_not_widened(asha: Client, oakfield: Oakfield, address: str) -> None:
    suspend_app(App.objects.get(), by=OPERATOR, at=NOW)

    answer = decide(asha, address, "accept", review_of(oakfield))

    assert answer.status_code == 409
    assert "This app is suspended" in answer.text


@pytest.mark.parametrize("sent", [{}, {"review": "x", "moves": "1"}, {"review": "1\0", "moves": "1"}])
def test_a_decision_that_does_not_say_what_was_seen_is_refused(
    asha: Client, address: str, sent: dict[str, str]
) -> None:
    assert asha.post(f"{address}/accept", sent).status_code == 400


def test_a_review_number_that_cannot_be_decides_nothing(asha: Client, address: str) -> None:
    sent = {"review": "9" * 40, "moves": "9" * 40}

    assert asha.post(f"{address}/accept", sent).status_code in {400, 409}


def test_whoever_opens_the_address_of_a_button_is_led_to_the_review(asha: Client, address: str) -> None:
    answer = asha.get(f"{address}/accept")

    assert (answer.status_code, answer["Location"]) == (303, address)
    assert asha.put(f"{address}/accept").status_code == 405


def test_another_sites_review_and_none_are_not_found(oakfield: Oakfield, asha: Client, address: str) -> None:
    stranger = signed_in(add_person(add_school("elmwood"), "Lee Hart"))
    number = oakfield.connection.id
    quiet = ask(add_app("Quiet"), oakfield.site)

    assert stranger.get(address).status_code == 404
    assert stranger.get(f"/elmwood/partner-apps/{number}/review").status_code == 404
    assert decide(stranger, f"/elmwood/partner-apps/{number}/review", "accept", review_of(oakfield)).status_code == 404
    assert asha.get(f"/oakfield/partner-apps/{quiet.id}/review").status_code == 404


def test_lists_home_and_the_apps_page_show_a_waiting_review(asha: Client, oakfield: Oakfield, address: str) -> None:
    approved = asha.get("/oakfield/partner-apps/approved").text
    pending = asha.get("/oakfield/partner-apps/pending").text
    home = asha.get("/oakfield/").text
    app = asha.get(address.removesuffix("/review")).text

    assert "wants 3 more fields" in approved
    assert "1 review" in approved
    assert "1 review" in pending
    assert "1 app asks for more than you approved." in home
    assert home.count(address) == 1
    assert "Timetabler wants 3 more fields" in app
    assert "Asked for more" in app


def test_what_was_told_of_a_review_is_settled_by_the_decision(
    asha: Client, tom: Client, oakfield: Oakfield, address: str
) -> None:
    before = asha.get("/oakfield/notifications").text
    decide(asha, address, "accept", review_of(oakfield))
    after = asha.get("/oakfield/notifications").text
    everything = asha.get("/oakfield/notifications?show=all").text

    assert "Timetabler asks for more" in before
    assert "Timetabler asks for more" not in after
    assert "Accepted by Asha Patel" in everything


def test_the_app_page_tells_of_every_step_with_its_receipt(asha: Client, oakfield: Oakfield, address: str) -> None:
    decide(asha, address, "accept", review_of(oakfield))
    publish([STUDENTS])

    page = asha.get(address.removesuffix("/review")).text

    for step in ("Asked to connect", "Asked for more", "Change accepted", "Asks for nothing more: in force at once"):
        assert step in page
    assert page.count(">Receipt<") == 3


def test_the_reasons_and_what_is_optional_stand_beside_each_row(asha: Client, oakfield: Oakfield) -> None:
    publish([WIDER, STAFF])

    page = asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}").text

    assert WHY in page
    assert page.count("Optional: the app works without it.") == 1


def test_with_scripts_it_slides_over_the_list(asha: Client, address: str) -> None:
    slid = asha.get(address, headers={"HX-Request": "true"}).text

    assert slid.lstrip().startswith("<dialog")
    assert "/review/accept" in slid


def test_the_number_of_questions_does_not_grow_with_what_is_asked(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)
    address = f"/oakfield/partner-apps/{oakfield.connection.id}/review"

    def asked(rows: Sequence[AskedRow]) -> int:
        publish(rows)
        asha.get(address)
        with CaptureQueriesContext(database_connection) as queries:
            assert asha.get(address).status_code == 200
        return len(queries)

    assert asked([WIDER]) == asked([WIDER, STAFF, EMAILS, AskedRow("RegistrationForm", ["*"], READ)])
