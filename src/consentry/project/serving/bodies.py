"""Bodies come whole and in time, or the call ends: nobody holds a worker by sending slowly.

A proxy in front that buffers bodies does this better, before a worker is taken; this bounds what happens without.
"""

import io
import threading
from collections.abc import Iterable
from typing import Any

LARGEST_BODY = 1024 * 1024
SECONDS_FOR_A_BODY = 5.0
MOST_AT_ONCE = 16
"""Bodies of a worker that may be on their way; those given up on count until their sender hangs up."""

_TOLD = {
    408: ("408 Request Timeout", b"The body did not arrive in time.\n"),
    413: ("413 Content Too Large", b"The body is larger than 1 MiB.\n"),
    503: ("503 Service Unavailable", b"Too many bodies are on their way: try again soon.\n"),
}


class BodiesInTime:
    """A WSGI application in front of another (PEP 3333) that hands it each body as a whole."""

    def __init__(self, inner: Any, *, seconds: float = SECONDS_FOR_A_BODY) -> None:
        self.inner = inner
        self.seconds = seconds
        self.places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Read the body first; answer 408, 413 or 503 where there is none to hand on."""
        if _has_no_body(environ):
            return self._inner(environ, start_response)
        body = self._body(environ)
        if isinstance(body, int):
            status, text = _TOLD[body]
            headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(text))), ("Connection", "close")]
            start_response(status, headers + ([("Retry-After", "5")] if body != 413 else []))  # noqa: PLR2004
            return [text]
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        return self._inner(environ, start_response)

    def _inner(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answered: Iterable[bytes] = self.inner(environ, start_response)
        return answered

    def _body(self, environ: dict[str, Any]) -> bytes | int:
        """The whole body, or the status to answer with."""
        if _length(environ) > LARGEST_BODY:
            return 413
        if not self.places.acquire(blocking=False):
            return 503
        got: list[bytes] = []
        reader = threading.Thread(target=self._read, args=(environ["wsgi.input"], got), daemon=True)
        reader.start()
        reader.join(self.seconds)
        if not got:
            return 408
        return 413 if len(got[0]) > LARGEST_BODY else got[0]

    def _read(self, stream: Any, got: list[bytes]) -> None:
        try:
            got.append(stream.read(LARGEST_BODY + 1))
        finally:
            self.places.release()


def _has_no_body(environ: dict[str, Any]) -> bool:
    return not environ.get("HTTP_TRANSFER_ENCODING") and not _length(environ)


def _length(environ: dict[str, Any]) -> int:
    text = environ.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0
