"""Bodies come whole and in time, or the call ends."""

import io
import threading
from typing import Any

import pytest

from consentry.project.serving.bodies import LARGEST_BODY, LARGEST_TO_END, MOST_AT_ONCE, BodiesInTime
from consentry.web.gate import TOO_LARGE


class Slow(io.RawIOBase):
    """A body whose sender waits until they are let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def read(self, _size: int = -1) -> bytes:
        self.let_go.wait()
        return b""


def inner(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answers with the body it was handed."""
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def call(front: BodiesInTime, stream: Any, **environ: str) -> tuple[str, bytes]:
    """What is answered to a call with this body."""
    told: list[str] = []
    body = b"".join(front({"wsgi.input": stream, **environ}, lambda status, _headers: told.append(status)))
    return told[0][:3], body


def test_a_body_is_handed_on_whole() -> None:
    front = BodiesInTime(inner)
    assert call(front, io.BytesIO(b"a=1"), CONTENT_LENGTH="3") == ("200", b"a=1")
    assert call(front, io.BytesIO(b"a=1"), HTTP_TRANSFER_ENCODING="chunked") == ("200", b"a=1")
    assert call(front, io.BytesIO(b"")) == ("200", b"")


@pytest.mark.parametrize("said", [{"CONTENT_LENGTH": str(LARGEST_BODY + 1)}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_a_body_that_is_too_large_is_refused(said: dict[str, str]) -> None:
    assert call(BodiesInTime(inner), io.BytesIO(b"x" * (LARGEST_BODY + 1)), **said)[0] == "413"


@pytest.mark.parametrize("said", [{"CONTENT_LENGTH": str(3 * LARGEST_BODY)}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_a_browser_that_sends_too_much_is_answered_by_a_page(said: dict[str, str]) -> None:
    """It reads no answer before it has sent all: the rest is read and thrown away."""
    sent, told = io.BytesIO(b"x" * (3 * LARGEST_BODY)), []

    def page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        told.append(environ.get(TOO_LARGE))
        return inner(environ, start_response)

    assert call(BodiesInTime(page), sent, HTTP_ACCEPT="text/html,*/*", **said) == ("200", b"")
    assert told == ["1"]
    assert sent.read() == b""


def test_nobody_is_waited_for_who_sends_without_end() -> None:
    said = {"CONTENT_LENGTH": str(LARGEST_TO_END + 1), "HTTP_ACCEPT": "text/html"}
    sent = io.BytesIO(b"x" * 10)
    assert call(BodiesInTime(inner), sent, **said) == ("200", b"")
    assert sent.tell() == 0


def test_a_body_that_does_not_come_ends_the_call_and_too_many_of_them_are_not_waited_for() -> None:
    front, slow = BodiesInTime(inner, seconds=0.01), Slow()
    for _ in range(MOST_AT_ONCE):
        assert call(front, slow, CONTENT_LENGTH="10")[0] == "408"
    assert call(front, slow, CONTENT_LENGTH="10")[0] == "503"
    assert call(front, io.BytesIO(b""))[0] == "200", "calls without a body go on"
    slow.let_go.set()
