"""What is shown when something is not there, not allowed, or away."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.test import Client, RequestFactory
from tests.web.conftest import Oakfield

from consentry.rules.connection_life import MoveRefusal, State
from consentry.web.pages.errors import server_error
from consentry.web.sentences import OfApp, refusal


@contextmanager
def database_away() -> Iterator[None]:
    """The database does not answer at its address for a while."""
    parts = connection.settings_dict
    kept = parts["HOST"], parts["PORT"]
    connection.close()
    parts["HOST"], parts["PORT"] = "127.0.0.1", "1"
    try:
        yield
    finally:
        connections["default"].close()
        parts["HOST"], parts["PORT"] = kept


def test_the_service_is_well_while_the_database_answers(database: str) -> None:
    client = Client()

    assert client.get("/health").status_code == 200
    with database_away():
        assert client.get("/health").status_code == 503
    assert client.get("/health").status_code == 200


def test_pages_say_come_back_soon_while_the_database_is_away_and_work_again_after(asha: Client) -> None:
    with database_away():
        away = [asha.get(page) for page in ("/", "/oakfield/", "/oakfield/partner-apps/pending", "/accounts/login/")]
        away.append(asha.post("/oakfield/partner-apps/1/approve", {"version": 1, "moves": 1}))

    assert {answer.status_code for answer in away if answer.request["PATH_INFO"] != "/accounts/login/"} == {503}
    assert all(answer["Retry-After"] == "30" for answer in away if answer.status_code == 503)
    assert "We will be back soon" in away[0].text
    assert asha.get("/oakfield/").status_code == 200


def test_any_other_fault_is_a_500_that_tells_nothing(database: str) -> None:
    request = RequestFactory().get("/")
    try:
        int("the secret cause")
    except ValueError:
        answer = server_error(request)

    assert answer.status_code == 500
    assert "secret cause" not in answer.content.decode()


def test_what_is_not_there_is_a_page_of_ours(asha: Client, oakfield: Oakfield) -> None:
    answer = asha.get("/oakfield/nothing")

    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_form_that_is_too_old_is_not_called_forbidden(oakfield: Oakfield) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(oakfield.asha)

    answer = client.post(f"/oakfield/partner-apps/{oakfield.connection.id}/reject", {"version": 1, "moves": 1})

    assert answer.status_code == 403
    assert "<h1>This page was open for too long</h1>" in answer.text
    assert "Nothing was changed." in answer.text
    assert "not allowed" not in answer.text


def test_every_refused_move_has_words() -> None:
    about = OfApp("Timetabler", "Acme Ltd", ("jo@acme.example",))
    for why in MoveRefusal:
        for state in State:
            said = refusal(why, about, state=state, decided="Tom decided.")
            assert said.title
            assert said.text
            assert "{" not in said.title + said.text
