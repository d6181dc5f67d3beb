"""The line to collectors: HTTPS alone, certificates verified, redirections not followed, and an end to all waiting."""

import html
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final, Self
from urllib.parse import quote, quote_plus, urlsplit

from requests import PreparedRequest, Response, Session
from requests.auth import AuthBase
from requests.exceptions import SSLError, Timeout

from consentry.returns.sending.watched import WatchedAdapter, ending_within

TIMEOUT: Final = (5.0, 20.0)
"""Seconds to connect, and between two pieces of an answer."""

SECONDS: Final = 30.0
"""Seconds after which the line is cut, whatever the other side does: somebody may wait to remove consent.

They are of all that is asked for one attempt, tokens included.
"""

LONGEST: Final = 64 * 1024
_own = threading.local()


@dataclass(frozen=True)
class Answered:
    """An answer: as much of its text as somebody may read, and what it says of trying again."""

    status: int
    text: str
    retry_after: str | None

    def without(self, *secrets: str) -> Self:
        """The same; nothing of a text that repeats one of these, as some servers do of requests that they refuse."""
        written = {write(each) for each in secrets if each for write in _WRITTEN}
        return replace(self, text="") if any(each in self.text for each in written) else self


_WRITTEN: Final = (str, quote, quote_plus, html.escape, lambda text: json.dumps(text)[1:-1])
"""As a text may repeat something: as it is, in a form, on a page, in JSON."""


class Bearer(AuthBase):
    """The token as a header (RFC 6750, 2.1); set by it, nothing from a .netrc file takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put it on."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Line:
    """Posts to collectors whose certificates this file vouches for; None: the usual authorities do. For one attempt."""

    def __init__(self, ca_file: str | None) -> None:
        self._verify: str | bool = ca_file or True
        self._ends = monotonic() + SECONDS

    def post(
        self, address: str, data: bytes | str, headers: Mapping[str, str], *, auth: AuthBase | None = None
    ) -> Answered:
        """What the collector answers. Raises what `requests` raises; SSLError for plain HTTP.

        Timeout once SECONDS have passed since this line was opened, for whatever it was used.
        """
        if urlsplit(address).scheme != "https":
            raise SSLError
        left = self._ends - monotonic()
        if left <= 0:
            raise Timeout
        with ending_within(left) as deadline:
            try:
                answer = self._ask(address, data, headers, auth)
                answered = Answered(answer.status_code, _text(answer), answer.headers.get("Retry-After"))
            except OSError as failed:  # what `requests` raises is one, too
                if deadline.is_over:
                    raise Timeout from failed
                raise
        if deadline.is_over:  # what was cut off can look like an end
            raise Timeout
        return answered

    def _ask(self, address: str, data: bytes | str, headers: Mapping[str, str], auth: AuthBase | None) -> Response:
        """What is to be trusted is said with each request: said of a session, the environment would overrule it."""
        return _session().post(
            address,
            data=data,
            headers=headers,
            auth=auth,
            timeout=TIMEOUT,
            verify=self._verify,
            allow_redirects=False,
            stream=True,
        )


def _text(answer: Response) -> str:
    """The text of the answer, cut off where it is endless."""
    read = bytearray()
    with answer:
        for piece in answer.iter_content(8192):
            read += piece
            if len(read) > LONGEST:
                break
    return read[:LONGEST].decode("utf-8", "replace").replace("\0", "")


def _session() -> Session:
    """The session of this thread: connections are kept open, and no two threads share one."""
    if not hasattr(_own, "session"):
        _own.session = Session()
        _own.session.mount("https://", WatchedAdapter())
        _own.session.headers["User-Agent"] = "Consentry"
    session: Session = _own.session
    return session
