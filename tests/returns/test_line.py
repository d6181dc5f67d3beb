"""A collector that answers as it should not: endlessly, bit by bit, with nonsense; and whoever waits for an end."""

import html
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.utils import timezone
from requests.exceptions import SSLError, Timeout
from urllib3.exceptions import HTTPError

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.collector.serving import Running
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.actions.send_submission import LEASE, send_submission
from consentry.returns.credentials import FIRST, SECOND, SUBSCRIPTION, keep_secret
from consentry.returns.sending import line
from consentry.returns.sending.line import Line
from consentry.returns.sending.watched import WatchedAdapter, ending_within
from consentry.rules.return_answers import MOST_ATTEMPTS, Outcome
from consentry.rules.return_runs import Run
from consentry.rules.submission_life import Ending, SubmissionState
from consentry.schools.queries import school_id
from tests.returns.a_collector import add_collector
from tests.returns.a_school import MONDAY, all_present, attempts, consent, mark, school_of, submissions
from tests.world import NOW

Answering = Callable[[ssl.SSLSocket], None]
_heard: list[str] = []
"""The requests that were heard, the last one last."""


@contextmanager
def answering(running: Running, answer: Answering) -> Iterator[str]:
    """A server by TLS, with the reference collector's certificate, that answers each connection so; its address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    folder = Path(running.ca_file).parent
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        served = threading.Thread(target=_serve, args=[listening, context, answer], daemon=True)
        served.start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"


def _serve(listening: socket.socket, context: ssl.SSLContext, answer: Answering) -> None:
    while True:
        try:
            raw, _ = listening.accept()
        except OSError:
            return
        with suppress(OSError), raw, context.wrap_socket(raw, server_side=True) as talking:
            _heard.append(_read(talking))
            answer(talking)


def _read(talking: ssl.SSLSocket) -> str:
    """The whole request: what closes before that resets the connection."""
    head, _, body = talking.recv(65_536).partition(b"\r\n\r\n")
    length = int(re.search(rb"Content-Length: (\d+)", head)[1])  # type: ignore[index]
    while len(body) < length:
        body += talking.recv(65_536) or b"x" * length
    return (head + body).decode()


def said(text: str, status: str = "200 OK", head: str = "") -> Answering:
    """Answers with this text."""
    body = text.encode("utf-8", "surrogatepass")

    def answer(talking: ssl.SSLSocket) -> None:
        talking.sendall(f"HTTP/1.1 {status}\r\n{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode())
        talking.sendall(body)

    return answer


def bit_by_bit(head: bytes) -> Answering:
    def answer(talking: ssl.SSLSocket) -> None:
        talking.sendall(head)
        while True:
            time.sleep(0.05)
            talking.sendall(b"x")

    return answer


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Endless: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_an_answer_that_never_ends_is_cut_off(running: Running, monkeypatch: pytest.MonkeyPatch, head: bytes) -> None:
    """However often a byte comes: whoever removes consent waits for an end of this."""
    monkeypatch.setattr(line, "SECONDS", 0.5)
    with answering(running, bit_by_bit(head)) as address, pytest.raises(Timeout):
        Line(running.ca_file).post(address, b"{}", {})


def test_a_proxy_is_no_way_around_the_end() -> None:
    """Where the environment names one, what goes through it can be cut off as well."""
    through = WatchedAdapter().proxy_manager_for("http://127.0.0.1:9")
    with ending_within(30) as deadline, pytest.raises(HTTPError):
        through.connection_from_url("https://collector.example/").urlopen("POST", "/", retries=False)

    assert len(deadline.used) > 0


def test_an_answer_is_read_as_far_as_somebody_may_read_it(running: Running) -> None:
    with answering(running, said("ä" * 200_000)) as address:
        answered = Line(running.ca_file).post(address, b"{}", {})

    assert len(answered.text.encode()) <= line.LONGEST + 2


def test_the_line_is_open_for_so_long_in_all(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens are asked for over it, too, twice where a secret is refused: no part of it begins the time anew."""
    monkeypatch.setattr(line, "SECONDS", 0.5)
    opened = Line(running.ca_file)
    with answering(running, bit_by_bit(b"HTTP/1.1 200 OK\r\n\r\n")) as address, pytest.raises(Timeout):
        opened.post(address, b"{}", {})

    with answering(running, said("")) as address, pytest.raises(Timeout):
        opened.post(address, b"{}", {})


def test_a_redirection_is_not_followed(running: Running) -> None:
    with answering(running, said("", "307 Elsewhere", "Location: https://127.0.0.1:9/\r\n")) as address:
        assert Line(running.ca_file).post(address, b"{}", {}).status == 307


def test_what_is_not_https_is_not_spoken_with(running: Running) -> None:
    for address in ("http://127.0.0.1:9/", "ftp://127.0.0.1/", "//127.0.0.1/", ""):
        with pytest.raises(SSLError):
            Line(running.ca_file).post(address, b"{}", {})


NONSENSE = [
    '{"id": "\\u0000\\ud800<script>"}', '{"id": 17}', '{"id": null}', "[1]", "null", '"id"', "<html>", "", "{" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("text", NONSENSE)
def test_whatever_a_collector_says_it_is_kept(database: str, running: Running, text: str) -> None:
    """A receipt that cannot be kept would lose what was received."""
    with answering(running, said(text)) as address:
        collector = add_collector(running, base_url=address, token_url=running.token_url)
        site, sample = school_of(1)
        mark(site, all_present(sample, MONDAY))
        consent(site, collector)
        assert make_submission(site, collector.id, Wanted(Run.MORNING, MONDAY), at=timezone.now())

        sent = send_submission(school_id(site), collector.id, ca_file=running.ca_file, at=timezone.now())

    assert sent is Outcome.RECEIVED
    [submission] = submissions(site)
    assert submission.state == SubmissionState.RECEIVED
    assert submission.receipt.isprintable()


TOKENS = [
    "", "null", "[]", "{}", '{"access_token": 7}', '{"access_token": "a\\r\\nb: c"}', '{"access_token": "ä"}',
    json.dumps({"access_token": "good", "token_type": "Bearer", "expires_in": "soon"}),
    json.dumps({"access_token": None, "token_type": "Bearer"}), "{" * 5_000, "[" * 60_000,
    json.dumps({"access_token": "good", "token_type": "Bearer", "expires_in": 10**400}),
    '{"access_token": "good", "token_type": "Bearer", "expires_in": 1e999}',
]  # fmt: skip


@pytest.mark.parametrize("text", TOKENS)
def test_a_token_that_is_none_is_a_refusal(database: str, running: Running, text: str) -> None:
    with answering(running, said(text)) as address:
        collector = add_collector(running, token_url=address)
        site, _ = school_of(1)
        consent(site, collector)
        assert make_submission(site, collector.id, Wanted(Run.BY_HAND, MONDAY), at=timezone.now())

        sent = send_submission(school_id(site), collector.id, ca_file=running.ca_file, at=timezone.now())

    assert sent is Outcome.CREDENTIALS_REFUSED
    [submission] = submissions(site)
    [attempt] = attempts(submission)
    assert "good" not in attempt.answer


def echo(status: str) -> Answering:
    """A server that shows what it was asked, for whoever looks for the fault: in a page, as some frameworks do."""

    def answer(talking: ssl.SSLSocket) -> None:
        said(html.escape(_heard[-1]), status)(talking)

    return answer


@pytest.mark.parametrize("place", ["token_url", "base_url"])
@pytest.mark.parametrize("status", ["400 Bad", "500 Broken", "200 OK"])
def test_what_repeats_a_secret_is_not_kept(database: str, running: Running, place: str, status: str) -> None:
    """Schools read what a collector answers."""
    with answering(running, echo(status)) as address:
        collector = add_collector(running, subscription_header="The-Key", **{place: address})
        with change(actor=OPERATOR, at=NOW, school=None) as this:
            for which in (FIRST, SECOND, SUBSCRIPTION):
                keep_secret(collector, which, f"se&cret-{which.replace(' ', '+')}")
            if place == "base_url":
                keep_secret(collector, FIRST, running.client_secrets[0])
            collector.save()
            this.record(EventName.COLLECTOR_CHANGED, collector)
        site, _ = school_of(1)
        consent(site, collector)
        assert make_submission(site, collector.id, Wanted(Run.BY_HAND, MONDAY), at=timezone.now())
        send_submission(school_id(site), collector.id, ca_file=running.ca_file, at=timezone.now())

    [submission] = submissions(site)
    [attempt] = attempts(submission)
    assert attempt.status == int(status[:3])
    assert (attempt.answer, submission.receipt) == ("", "")


def test_who_is_interrupted_each_time_gives_up(
    database: str, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that dies of what it sends does not do so for ever."""
    collector = add_collector(running)
    site, _ = school_of(1)
    consent(site, collector)
    assert make_submission(site, collector.id, Wanted(Run.BY_HAND, MONDAY), at=timezone.now())

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("requests.Session.post", die)
    for number in range(MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            send_submission(school_id(site), collector.id, ca_file=None, at=timezone.now() + LEASE * 2 * number)
    ended = timezone.now() + LEASE * 2 * MOST_ATTEMPTS
    assert send_submission(school_id(site), collector.id, ca_file=None, at=ended) is None

    [submission] = submissions(site)
    assert (submission.state, submission.ending) == (SubmissionState.FAILED, Ending.GIVEN_UP)
    assert {each.outcome for each in attempts(submission)} == {Outcome.INTERRUPTED}
