"""Bodies come whole and in time, or the call ends: nobody holds a worker by sending slowly.

A proxy in front that buffers bodies does this better, before a worker is taken; this bounds what happens without.
"""

import io
import threading
from collections.abc import Iterable
from typing import Any

from consentry.web.gate import TOO_LARGE

LARGEST_BODY = 1024 * 1024
LARGEST_TO_END = 32 * LARGEST_BODY
"""A larger body that a browser sends is let come to its end, up to this, so that it reads the answer."""

SECONDS_FOR_A_BODY = 5.0
MOST_AT_ONCE = 16
"""Bodies of a worker that may be on their way; those given up on count until their sender hangs up."""

_TOO_LARGE, _PIECE = 413, 64 * 1024
_TOLD = {
    408: ("408 Request Timeout", b"The body did not arrive in time.\n"),
    413: ("413 Content Too Large", b"The body is larger than 1 MiB.\n"),
    503: ("503 Service Unavailable", b"Too many bodies are on their way: try again soon.\n"),
}


class BodiesInTime:
    """A WSGI application in front of another (PEP 3333) that hands it each body as a whole.

    One that a browser sends and that is too large is left out, and said to be (TOO_LARGE), so that a page answers.
    """

    def __init__(self, inner: Any, *, seconds: float = SECONDS_FOR_A_BODY) -> None:
        self.inner = inner
        self.seconds = seconds
        self.places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Read the body first; answer 408, 413 or 503 where there is none to hand on."""
        if _has_no_body(environ):
            return self._inner(environ, start_response)
        body = self._body(environ)
        if body == _TOO_LARGE and _is_for_a_page(environ):
            environ[TOO_LARGE], body = "1", b""
        if isinstance(body, int):
            status, text = _TOLD[body]
            headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(text))), ("Connection", "close")]
            start_response(status, headers + ([("Retry-After", "5")] if body != _TOO_LARGE else []))
            return [text]
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        return self._inner(environ, start_response)

    def _inner(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answered: Iterable[bytes] = self.inner(environ, start_response)
        return answered

    def _body(self, environ: dict[str, Any]) -> bytes | int:
        """The whole body, or the status to answer with."""
        most = LARGEST_TO_END if _is_for_a_page(environ) else LARGEST_BODY
        if _length(environ) > most:
            return _TOO_LARGE
        if not self.places.acquire(blocking=False):
            return 503
        got: list[bytes] = []
        reader = threading.Thread(target=self._read, args=(environ["wsgi.input"], got, most), daemon=True)
        reader.start()
        reader.join(self.seconds)
        if not got:
            return 408
        return _TOO_LARGE if len(got[0]) > LARGEST_BODY else got[0]

    def _read(self, stream: Any, got: list[bytes], most: int) -> None:
        """The body, up to one byte more than may be; of the rest nothing is kept."""
        try:
            body = stream.read(LARGEST_BODY + 1)
            thrown_away = len(body)
            while LARGEST_BODY < thrown_away <= most and (more := stream.read(_PIECE)):
                thrown_away += len(more)
            got.append(body)
        finally:
            self.places.release()


def _is_for_a_page(environ: dict[str, Any]) -> bool:
    """Whether a person waits for the answer: browsers say that they take HTML, programs do not."""
    return "text/html" in environ.get("HTTP_ACCEPT", "")


def _has_no_body(environ: dict[str, Any]) -> bool:
    return not environ.get("HTTP_TRANSFER_ENCODING") and not _length(environ)


def _length(environ: dict[str, Any]) -> int:
    text = environ.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0
