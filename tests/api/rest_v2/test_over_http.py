"""A few calls over a real socket: what a server and a client put between does no harm."""

import http.client
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import requests
from django.db import connections

from consentry.api.exchange import LONGEST_QUERY
from tests.api.calls import SERVICE
from tests.api.rest_v2.conftest import World
from tests.project.serving.running import serving


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: the tests' output is for the tests."""


@pytest.fixture
def base_url(world: World) -> Iterator[str]:
    """A server on a free port of this machine alone, serving the world of this module."""

    def serve() -> None:
        try:
            server.serve_forever(poll_interval=0.01)
        finally:
            connections.close_all()

    with make_server("127.0.0.1", 0, SERVICE, handler_class=_Quiet) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def get(world: World, url: str, **params: str) -> requests.Response:
    with requests.Session() as session:
        return session.get(
            url, params=params, auth=(world.reader.app.application_user, world.reader.secret), timeout=30
        )


def test_following_the_links_as_a_client_does(world: World, base_url: str) -> None:
    read, url = [], f"{base_url}/oakfield/rest-v2/Students?page-size=1"
    while url:
        answered = get(world, url)
        read += [row["studentNumber"] for row in answered.json()["students"]]
        url = base_url + answered.links["next"]["url"] if "next" in answered.links else ""

    assert read == ["00001", "00002", "00003"]


def test_awkward_values_survive_the_way(world: World, base_url: str) -> None:
    answered = get(world, f"{base_url}/oakfield/rest-v2/students", **{"filters.tags.sims-id": '7 "é" %s'})

    assert [row["studentNumber"] for row in answered.json()["students"]] == ["00002"]


def test_a_token_over_http(world: World, base_url: str) -> None:
    with requests.Session() as session:
        auth = (world.reader.app.application_user, world.reader.secret)
        form = {"grant_type": "client_credentials"}
        token = session.post(f"{base_url}/oauth/token", data=form, auth=auth, timeout=30).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        answered = session.get(f"{base_url}/oakfield/rest-v2/genders/MALE", headers=headers, timeout=30)

    assert answered.json()["gender"]["code"] == "MALE"


def test_head_and_errors_over_http(world: World, base_url: str) -> None:
    host = base_url.removeprefix("http://")
    for method, path, status in (
        ("HEAD", "/oakfield/rest-v2/students", 200),
        ("GET", "/oakfield/rest-v2/students/%00", 400),
        ("GET", "/oakfield/rest-v2/students/%0d%0aX-Evil:%201", 404),
        ("GET", "/oakfield/rest-v2/students/%FF", 400),
        ("DELETE", "/oakfield/rest-v2/students/1", 405),
    ):
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request(method, path, headers={"Authorization": world.reader.basic})
        answered = connection.getresponse()
        body = answered.read()
        connection.close()
        assert answered.status == status
        assert answered.getheader("X-Evil") is None
        assert (body == b"") == (method == "HEAD")


@pytest.fixture(scope="module")
def served(world: World) -> Iterator[str]:
    """The listing of pupils at the server that the service really runs on."""
    with serving("--only", "web", CONSENTRY_WORKERS="1") as service:
        yield f"{service.base_url}/oakfield/rest-v2/students"


def test_a_thousand_hrefs_are_asked_for_and_followed(world: World, served: str) -> None:
    ids = [*(student.person.id for student in world.students), *range(9_000_000, 9_000_997)]
    asked = {f"filters.person.in[{n}]": f"/rest-v2/persons/{each}" for n, each in enumerate(ids)}
    read, answered = [], get(world, served, **asked | {"page-size": "1"})
    while True:
        assert answered.status_code == 200, answered.text
        read += [row["studentNumber"] for row in answered.json()["students"]]
        if "next" not in answered.links:
            break
        answered = get(world, served.partition("/oakfield")[0] + answered.links["next"]["url"])

    assert read == ["00001", "00002", "00003"]


def test_ten_thousand_values_are_too_many_for_an_address(world: World, served: str) -> None:
    indexed = "&".join(f"filters.id.in[{n}]=1" for n in range(10_000))
    listed = "filters.id.in=" + ",".join(map(str, range(10_000)))

    assert get(world, f"{served}?{indexed}").status_code == 414
    answered = get(world, f"{served}?{listed}")
    assert (answered.status_code, answered.json()["status"]["errors"]) == (
        422, ["filters.id.in: takes 1000 values at most"],
    )  # fmt: skip


def test_an_address_that_is_somewhat_too_long_is_told_so(world: World, served: str) -> None:
    for query in ("x=" + "y" * LONGEST_QUERY, "filters.id.in=" + "1," * (LONGEST_QUERY // 2)):
        answered = get(world, f"{served}?{query}")
        assert answered.status_code == answered.json()["response"]["code"] == 414
    assert get(world, f"{served}{'/' * 1000}").json()["response"]["code"] == 414
