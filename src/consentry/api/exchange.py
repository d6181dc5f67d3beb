"""One call and its answer, as every surface sees them: plain values taken from WSGI, no framework between."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import Any, NamedTuple

StartResponse = Callable[..., Any]


class Call(NamedTuple):
    """What came in. `path` and `query` are text without NUL; headers are looked up by their lower-case names."""

    method: str
    path: str
    query: str
    environ: dict[str, Any]

    def header(self, name: str) -> str | None:
        """The header of this name, or None. Header text is latin-1 (RFC 9110 5.5)."""
        value: str | None = self.environ.get(_key(name))
        return value


@cache
def _key(name: str) -> str:
    """What WSGI calls the header (PEP 3333)."""
    return "HTTP_" + name.upper().replace("-", "_")


@dataclass
class Reply:
    """What goes out."""

    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"
    headers: list[tuple[str, str]] = field(default_factory=list)

    def send(self, call_method: str, start_response: StartResponse) -> Iterable[bytes]:
        """Start the response and return its body; a HEAD gets everything but the body."""
        start_response(_STATUS[self.status], [
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(self.body))),
            *_ALWAYS,
            *self.headers,
        ])  # fmt: skip
        return [] if call_method == "HEAD" else [self.body]


_STATUS = {each.value: f"{each.value} {each.phrase}" for each in HTTPStatus}
_ALWAYS = (
    ("Cache-Control", "no-store, private"),
    ("X-Content-Type-Options", "nosniff"),
)


class UnusableCallError(Exception):
    """The address cannot be read as text: `why` says what is wrong with it."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.why = why
        self.status = status


LONGEST_PATH = 1_000
LONGEST_QUERY = 64_000
"""Characters. The HTTP server itself takes 65,534 for both together, and answers longer ones without a body: these are
below, so that whoever asks for somewhat too much is told so."""


def call_from(environ: dict[str, Any]) -> Call:
    """The call as WSGI hands it over. Raises UnusableCallError for NUL, what is not UTF-8, and what is too long."""
    query: str = environ.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        raise UnusableCallError(f"The query is longer than {LONGEST_QUERY} characters.", 414)
    if len(environ.get("PATH_INFO", "/")) > LONGEST_PATH:
        raise UnusableCallError(f"The path is longer than {LONGEST_PATH} bytes.", 414)
    try:
        path = environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8")
    except UnicodeError as error:
        raise UnusableCallError("The path is not UTF-8.") from error
    if "\0" in path or "\0" in query or "%00" in query:
        raise UnusableCallError("The address holds a NUL character.")
    return Call(environ["REQUEST_METHOD"], path, query, environ)
