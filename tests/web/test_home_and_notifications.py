"""A site's home and what people are told there."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.conftest import Oakfield, Rivers, signed_in
from tests.world import add_app, add_person, add_school, approve, ask, reject

from consentry.web.sentences import moment


def test_home_shows_what_waits_for_a_person(asha: Client, oakfield: Oakfield) -> None:
    page = asha.get("/oakfield/").text

    assert "1 app is waiting for a decision." in page
    assert "Asha" in page
    assert f"/oakfield/partner-apps/{oakfield.connection.id}" in page


def test_home_names_an_app_that_waits_once(asha: Client, oakfield: Oakfield) -> None:
    unread = asha.get("/oakfield/").text
    asha.post("/oakfield/notifications")
    read = asha.get("/oakfield/").text

    assert unread.count(f'href="/oakfield/partner-apps/{oakfield.connection.id}"') == 1
    assert "What you have not read is about the pending requests on this page." in unread
    assert "Nothing is unread." in read


def test_home_counts_one_request_as_one(asha: Client, oakfield: Oakfield) -> None:
    one = asha.get("/oakfield/").text
    ask(add_app("Lunchline"), oakfield.site)

    assert "<b>1</b> <span>Pending request</span>" in one
    assert "<b>0</b> <span>Approved Apps</span>" in one
    assert "<b>2</b> <span>Pending requests</span>" in asha.get("/oakfield/").text


def test_home_shows_connected_apps_that_never_called(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)

    page = asha.get("/oakfield/").text

    assert "No app is waiting for a decision." in page
    assert "by Acme Ltd, no call answered yet" in page


def test_the_home_of_a_trust_shows_what_waits_at_its_schools(noah: Client, rivers: Rivers) -> None:
    """Nothing that needs a person is further than two clicks from a site's home, which shows the waiting requests."""
    for name in ("Timetabler", "Lunchline"):
        ask(add_app(name), rivers.oakfield)
    ask(add_app("Bell Ringer"), rivers.brook)
    ask(add_app("Elsewhere App"), add_school("elsewhere", "Elsewhere School"))

    page = noah.get("/two-rivers/").text

    assert "No app is waiting for a decision by the trust itself, and 3 requests wait at its schools." in page
    waiting = "/two-rivers/apps-by-school?state=pending&amp;"
    assert f'href="{waiting}sort=-waiting"' in page
    first, second = (page.index(f'href="{waiting}school={slug}"') for slug in ("oakfield", "brook-lane"))
    assert first < page.index("2 apps wait") < second < page.index("1 app waits")
    assert "Elsewhere" not in page


def test_nothing_of_the_schools_is_on_the_home_of_who_may_not_look_across_them(rivers: Rivers) -> None:
    ask(add_app(), rivers.oakfield)

    page = signed_in(rivers.ivy).get("/two-rivers/").text

    assert "Waiting at your schools" not in page
    assert "Oakfield" not in page


def test_the_home_of_a_trust_asks_the_same_however_many_schools_wait(noah: Client, rivers: Rivers) -> None:
    numbers = []
    for slug in ("ash", "birch", "cedar", "dale", "elm", "fir"):
        ask(add_app(f"App {slug}"), add_school(slug, trust=rivers.trust))
        noah.get("/two-rivers/")
        with CaptureQueriesContext(connection) as queries:
            page = noah.get("/two-rivers/").text
        numbers.append(len(queries))

    assert len(set(numbers)) == 1
    assert page.count("1 app waits") == 5, "the first few; the others behind See all"


def test_a_person_is_told_of_requests_and_reads_them(asha: Client, tom: Client, oakfield: Oakfield) -> None:
    before = asha.get("/oakfield/notifications").text
    answer = asha.post("/oakfield/notifications")
    after = asha.get("/oakfield/notifications").text

    assert "Timetabler asks to connect" in before
    assert "1<span" in before
    assert (answer.status_code, answer["Location"]) == (303, "/oakfield/notifications")
    assert "Nothing to read" in after
    assert "Timetabler asks to connect" in asha.get("/oakfield/notifications?show=all").text
    assert "Timetabler asks to connect" not in tom.get("/oakfield/notifications?show=all").text


def test_a_decided_request_says_how_it_was_decided_and_needs_nobody(asha: Client, oakfield: Oakfield) -> None:
    mia = signed_in(add_person(oakfield.site, "Mia Fox"))
    lunchline = ask(add_app("Lunchline"), oakfield.site)
    at = timezone.now()
    approve(oakfield.connection, oakfield.asha, at=at)
    reject(lunchline, oakfield.asha, at=at)

    every = asha.get("/oakfield/notifications?show=all").text

    assert f"Approved by Asha Patel, {moment(at, at).text}" in every
    assert f"Rejected by Asha Patel, {moment(at, at).text}" in every
    assert "and decide" not in every
    assert "is-unread" not in every
    assert "count--alert" not in every
    assert "Timetabler asks to connect" not in asha.get("/oakfield/notifications").text
    assert "Timetabler asks to connect" not in mia.get("/oakfield/").text


def test_a_decision_elsewhere_leaves_a_request_open(asha: Client, oakfield: Oakfield) -> None:
    elmwood = add_school("elmwood")
    approve(ask(oakfield.connection.app, elmwood), add_person(elmwood, "Lee Hart"))

    assert "and decide" in asha.get("/oakfield/notifications").text


def test_only_who_may_approve_is_said_to_be_told(asha: Client, tom: Client) -> None:
    asha.post("/oakfield/notifications")

    told = "You are told here, and by email, when an app asks to connect."
    assert told in asha.get("/oakfield/notifications").text
    assert told not in tom.get("/oakfield/notifications").text
    assert "those are told who may approve it" in tom.get("/oakfield/notifications").text


def test_home_says_that_no_app_is_quiet_or_that_none_is_connected(asha: Client, oakfield: Oakfield) -> None:
    unconnected = asha.get("/oakfield/").text
    approve(oakfield.connection, oakfield.asha, at=timezone.now())
    connected = asha.get("/oakfield/").text

    assert "No app is connected." in unconnected
    assert "No app has been quiet for two weeks." in connected


def test_looking_at_notifications_leaves_them_unread(asha: Client) -> None:
    for _ in range(2):
        assert "Mark all as read" in asha.get("/oakfield/notifications").text


def test_one_persons_reading_is_not_anothers(asha: Client, oakfield: Oakfield) -> None:
    mia = signed_in(add_person(oakfield.site, "Mia Fox"))
    ask(add_app("Lunchline"), oakfield.site)

    asha.post("/oakfield/notifications")

    assert "Lunchline asks to connect" in mia.get("/oakfield/notifications").text


def test_pages_take_as_many_queries_with_twenty_apps_as_with_two(asha: Client, oakfield: Oakfield) -> None:
    def queries() -> list[int]:
        counts = []
        for page in ("", "notifications", "notifications?show=all", "partner-apps/pending", "partner-apps/list.csv"):
            with CaptureQueriesContext(connection) as captured:
                assert asha.get(f"/oakfield/{page}").status_code == 200
            counts.append(len(captured))
        return counts

    def add(numbers: range) -> None:
        for number in numbers:
            ask(add_app(f"App {number}", f"Company {number}"), oakfield.site)

    add(range(1))
    for_two = queries()
    add(range(1, 19))

    assert queries() == for_two
