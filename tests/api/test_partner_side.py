"""`/partners/connections`: an app asks sites to be connected, and sees where it stands at each."""

import json
from itertools import count
from typing import Any

import pytest
import requests

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.suspend_app import suspend_app
from consentry.people.models import User
from consentry.schools.models import Life, Site
from tests.api.calls import SERVICE, Answered, Client, call, client_of, service
from tests.project.serving.running import serving
from tests.world import NOW, add_app, add_person, add_school, approve, ask, reject

ADDRESS = "/partners/connections"
_numbers = count(1)


@pytest.fixture(scope="module")
def school(module_database: str) -> tuple[Site, User]:
    """A live school and its administrator."""
    site = add_school()
    return site, add_person(site)


@pytest.fixture
def client(school: tuple[Site, User]) -> Client:
    """An app that no other test has, which has asked nobody yet."""
    return client_of(add_app(f"App {next(_numbers)}"), school[0])


def standings(client: Client, *, method: str = "GET") -> Answered:
    return call(ADDRESS, method=method, headers={"Authorization": client.basic}, to=client.to)


def post(client: Client, body: bytes, **headers: str) -> Answered:
    return call(ADDRESS, method="POST", headers={"Authorization": client.basic} | headers, body=body, to=client.to)


def request(client: Client, site: str = "oakfield") -> Answered:
    return post(client, json.dumps({"site": site}).encode())


def problem(answered: Answered) -> tuple[int, str]:
    """The status and the detail of problem details, which must be whole."""
    assert answered.header("Content-Type") == "application/problem+json"
    document = answered.json
    assert document.keys() == {"type", "title", "status", "detail"}
    assert document["type"] == "about:blank"
    assert document["status"] == answered.status
    return answered.status, document["detail"]


def test_an_app_asks_and_its_request_is_pending(client: Client) -> None:
    answered = request(client)

    assert answered.status == 201
    assert answered.json == {"connection": {"site": "oakfield", "name": "Oakfield School", "state": "pending"}}
    assert client.get("students").kind == "ConnectionPending"


def test_an_app_sees_where_it_stands_at_every_site(client: Client, school: tuple[Site, User]) -> None:
    other = add_school("mill-road", life=Life.DUMMY)
    request(client)
    approve(ask(client.app, other), add_person(other, "Grace Amadi"))

    shown = standings(client).json["connections"]

    assert [(each["site"], each["life"], each["state"], each["version"]) for each in shown] == [
        ("mill-road", "dummy", "approved", 1),
        ("oakfield", "live", "pending", None),
    ]


def test_an_app_sees_its_own_standings_alone(client: Client, school: tuple[Site, User]) -> None:
    request(client_of(add_app(f"App {next(_numbers)}"), school[0]))

    assert standings(client).json == {"connections": []}


def test_head_is_answered_without_a_body(client: Client) -> None:
    answered = standings(client, method="HEAD")

    assert (answered.status, answered.body) == (200, b"")


def test_asking_twice_is_a_conflict(client: Client) -> None:
    request(client)

    assert problem(request(client)) == (409, "The site was asked before and has not decided yet.")


def test_asking_again_after_a_rejection_is_a_conflict(client: Client, school: tuple[Site, User]) -> None:
    site, head = school
    reject(ask(client.app, site), head)

    status, detail = problem(request(client))

    assert status == 409
    assert "only the site can change that" in detail


def test_an_app_that_is_not_live_is_told_so(school: tuple[Site, User]) -> None:
    client = client_of(add_app(f"App {next(_numbers)}", is_live=False), school[0])

    status, detail = problem(request(client))

    assert status == 403
    assert detail.startswith("Application Not Live: App ")
    assert detail.endswith("Contact Acme Ltd at jo@acme.example or help@acme.example and ask when it will be.")


def test_an_app_that_published_nothing_has_nothing_to_ask_for(school: tuple[Site, User]) -> None:
    client = client_of(add_app(f"App {next(_numbers)}", rows=()), school[0])

    status, detail = problem(request(client))

    assert status == 409
    assert "published no permission set" in detail


def test_a_suspended_app_asks_nobody(client: Client) -> None:
    suspend_app(client.app, by=OPERATOR, at=NOW)

    assert problem(request(client)) == (403, "The app is suspended by the operator.")
    assert problem(standings(client)) == (403, "The app is suspended by the operator.")


def test_a_wrong_secret_is_refused_with_a_challenge(client: Client) -> None:
    answered = request(Client(client.site, client.app, "wrong"))

    assert problem(answered) == (401, "Send the application user and secret.")
    assert [value.split(" ", 1)[0] for name, value in answered.headers if name == "WWW-Authenticate"] == [
        "Basic", "Bearer",
    ]  # fmt: skip


def test_a_token_is_as_good_as_a_secret(client: Client) -> None:
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "Authorization": client.basic}
    token = call("/oauth/token", method="POST", headers=form, body=b"grant_type=client_credentials").json

    answered = call(ADDRESS, headers={"Authorization": f"Bearer {token['access_token']}"})

    assert (answered.status, answered.json) == (200, {"connections": []})


NOT_JSON = (422, "The body is not JSON in UTF-8.")
NOT_AN_ASK = (422, 'The body is not an object with a text "site": send {"site": "…"}, its name in addresses.')
NO_SUCH_SITE = (422, "There is no such site.")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", NOT_JSON),
        (b"site=oakfield", NOT_JSON),
        (b'{"site": "oakfield"', NOT_JSON),
        (b'{"site": "oak\xff"}', NOT_JSON),
        (b"[" * 4000, NOT_JSON),
        (b'{"site":' * 500, NOT_JSON),
        (b"[]", NOT_AN_ASK),
        (b"7", NOT_AN_ASK),
        (b"null", NOT_AN_ASK),
        (b'"oakfield"', NOT_AN_ASK),
        (b"{}", NOT_AN_ASK),
        (b'{"site": null}', NOT_AN_ASK),
        (b'{"site": ["oakfield"]}', NOT_AN_ASK),
        (b'{"site": 7}', NOT_AN_ASK),
        (b'{"site": ""}', NO_SUCH_SITE),
        (b'{"site": "nowhere"}', NO_SUCH_SITE),
        (b'{"site": "oakfield\\u0000"}', NO_SUCH_SITE),
        (b'{"site": "\\ud800"}', NO_SUCH_SITE),
        ('{"site": "öäü"}'.encode(), NO_SUCH_SITE),
    ],
)
def test_a_body_that_asks_for_nothing_is_told_what_is_wrong(client: Client, body: bytes, told: tuple[int, str]) -> None:
    assert problem(post(client, body)) == told
    assert standings(client).json == {"connections": []}


def test_a_body_too_large_is_refused_before_it_is_read(client: Client) -> None:
    largest = b'{"site": "oakfield"}'.ljust(4096)

    assert problem(post(client, largest + b" "))[0] == 413
    assert post(client, largest).status == 201


@pytest.mark.parametrize(
    ("length", "status"),
    [("-1", 400), ("much", 400), ("1.5", 400), ("²", 400), ("9" * 5000, 413), ("", 422), ("3", 422)],
)
def test_a_length_that_is_none_does_no_harm(client: Client, length: str, status: int) -> None:
    def lying(environ: dict[str, Any], start_response: Any) -> Any:
        return SERVICE(environ | {"CONTENT_LENGTH": length}, start_response)

    body = b'{"site": "oakfield"}'
    answered = call(ADDRESS, method="POST", headers={"Authorization": client.basic}, body=body, to=lying)

    assert problem(answered)[0] == status


def test_other_methods_are_not_allowed(client: Client) -> None:
    answered = standings(client, method="DELETE")

    assert problem(answered) == (405, "Use GET or POST.")
    assert answered.header("Allow") == "GET, HEAD, POST"


def test_who_calls_too_often_waits(client: Client) -> None:
    busy = Client(client.site, client.app, client.secret, service(limit=1))
    assert standings(busy).status == 200

    answered = standings(busy)

    assert problem(answered) == (429, "Too many calls.")
    assert int(answered.header("Retry-After") or 0) > 0


def test_who_guesses_too_often_waits(client: Client) -> None:
    guessing = Client(client.site, client.app, "wrong", service(failures=1))
    assert standings(guessing).status == 401
    assert problem(standings(guessing))[0] == 429


def test_an_app_asks_over_http(database: str) -> None:
    site = add_school()
    client = client_of(add_app(), site)
    with serving("--only", "web", CONSENTRY_WORKERS="1") as running, requests.Session() as session:
        session.auth = (client.app.application_user, client.secret)
        address = running.base_url + ADDRESS
        asked = session.post(address, json={"site": site.slug}, timeout=20)
        chunked = session.post(address, data=iter([b'{"si', b'te": "nowhere"}']), timeout=20)
        standing = session.get(address, timeout=20)

    assert (asked.status_code, asked.json()["connection"]["state"]) == (201, "pending")
    assert chunked.status_code == 422
    assert [each["state"] for each in standing.json()["connections"]] == ["pending"]
