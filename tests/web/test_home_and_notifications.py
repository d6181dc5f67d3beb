"""A site's home and what people are told there."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Oakfield
from tests.world import add_app, approve, ask


def test_home_shows_what_waits_for_a_person(asha: Client, oakfield: Oakfield) -> None:
    page = asha.get("/oakfield/").text

    assert "1 app is waiting for a decision." in page
    assert "Asha" in page
    assert f"/oakfield/partner-apps/{oakfield.connection.id}" in page
    assert "Timetabler asks to connect" in page


def test_home_shows_connected_apps_that_never_called(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)

    page = asha.get("/oakfield/").text

    assert "No app is waiting for a decision." in page
    assert "by Acme Ltd, no call yet" in page


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


def test_looking_at_notifications_leaves_them_unread(asha: Client) -> None:
    for _ in range(2):
        assert "Mark all as read" in asha.get("/oakfield/notifications").text


def test_one_persons_reading_is_not_anothers(asha: Client, oakfield: Oakfield) -> None:
    from tests.web.conftest import signed_in
    from tests.world import add_person

    mia = signed_in(add_person(oakfield.site, "Mia Fox"))
    ask(add_app("Lunchline"), oakfield.site)

    asha.post("/oakfield/notifications")

    assert "Lunchline asks to connect" in mia.get("/oakfield/notifications").text


def test_pages_take_as_many_queries_with_twenty_apps_as_with_two(asha: Client, oakfield: Oakfield) -> None:
    def queries() -> list[int]:
        counts = []
        for page in ("", "notifications", "partner-apps/pending", "partner-apps/list.csv"):
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
