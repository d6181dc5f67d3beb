"""The line to collectors: HTTPS alone, certificates verified, redirections not followed, an end to all waiting."""

import threading
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session
from requests.auth import AuthBase
from requests.exceptions import SSLError

TIMEOUT: Final = (5.0, 20.0)
"""Seconds to connect, and between two pieces of an answer."""

_own = threading.local()


class Bearer(AuthBase):
    """The token as a header (RFC 6750, 2.1); set by it, nothing from a .netrc file takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put it on."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Line:
    """Posts to collectors whose certificates this file vouches for; None: the usual authorities do."""

    def __init__(self, ca_file: str | None) -> None:
        self._verify: str | bool = ca_file or True
        self._session = _session()

    def post(
        self, address: str, data: bytes | str, headers: Mapping[str, str], *, auth: AuthBase | None = None
    ) -> Response:
        """The answer, of which nothing has been read yet. Raises what `requests` raises, SSLError for plain HTTP.

        What is to be trusted is said with each request: said of a session, the environment would overrule it.
        """
        if urlsplit(address).scheme != "https":
            raise SSLError
        return self._session.post(
            address,
            data=data,
            headers=headers,
            auth=auth,
            timeout=TIMEOUT,
            verify=self._verify,
            allow_redirects=False,
            stream=True,
        )


def _session() -> Session:
    """The session of this thread: connections are kept open, and no two threads share one."""
    if not hasattr(_own, "session"):
        _own.session = Session()
        _own.session.headers["User-Agent"] = "Consentry"
    session: Session = _own.session
    return session
