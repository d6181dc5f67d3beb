"""Calling the service as an app does: one WSGI call in this process, and what came back."""

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from consentry.api.application import Surfaces
from consentry.api.rate_limit import RateLimit
from consentry.api.rest_v2.application import RestV2
from consentry.connections.reading.door import ENTER
from consentry.partners.actions.issue_secret import issue_secret
from consentry.partners.models import App
from consentry.schools.models import Site
from tests.world import NOW, acting

UNLIMITED = 10**9


@cache
def _django() -> Any:
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    return WSGIHandler()


def _pages(environ: dict[str, Any], start_response: Any) -> Any:
    """What is no surface's, such as `/oauth/token`; made at the first call that needs it."""
    return _django()(environ, start_response)


def service(*, limit: float = UNLIMITED, failures: float = UNLIMITED) -> Surfaces:
    """The whole service as one WSGI application, with these limits a minute."""
    return Surfaces(RestV2(limit=RateLimit(limit), failures=RateLimit(failures), enter=ENTER), _pages)


SERVICE = service()


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The header of this name, or None."""
        return dict(self.headers).get(name)

    @property
    def json(self) -> Any:
        """The body, which must be strict JSON in UTF-8."""
        return json.loads(self.body.decode(), parse_constant=_refuse)

    @property
    def message(self) -> str:
        """What the first error of either shape says."""
        document = self.json
        if "status" in document:
            return str(document["status"]["errors"][0])
        return str(document["response"]["errors"][0]["message"])

    @property
    def kind(self) -> str:
        """The stable name of the first error of the first shape."""
        return str(self.json["response"]["errors"][0]["exception"])


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def call(
    path: str,
    query: str = "",
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    to: Any = SERVICE,
) -> Answered:
    """One call. `path` is as a server hands it over once it took the percent-encoding off; `query` as it was sent."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
    }
    for name, value in (headers or {}).items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    started: list[tuple[str, list[tuple[str, str]]]] = []
    answered = to(environ, lambda status, given: started.append((status, given)))
    text = b"".join(answered)
    if hasattr(answered, "close"):
        answered.close()
    status, given = started[0]
    return Answered(int(status.split(" ")[0]), tuple(given), text)


@dataclass(frozen=True)
class Client:
    """An app with one of its secrets, calling one site's REST v2."""

    site: Site
    app: App
    secret: str
    to: Any = field(default=SERVICE, compare=False)

    @property
    def basic(self) -> str:
        """The header that proves who calls."""
        return "Basic " + base64.b64encode(f"{self.app.application_user}:{self.secret}".encode()).decode()

    def get(self, below: str, query: str = "", *, method: str = "GET", **headers: str) -> Answered:
        """GET `/{site}/rest-v2/{below}`; keywords are headers with underscores for dashes."""
        named = {"Authorization": self.basic} | {name.replace("_", "-"): value for name, value in headers.items()}
        return call(f"/{self.site.slug}/rest-v2/{below}", query, method=method, headers=named, to=self.to)

    def rows(self, collection: str, query: str = "") -> list[dict[str, Any]]:
        """The records of a listing, which must be served."""
        answered = self.get(collection, query)
        assert answered.status == 200, answered.body
        (rows,) = answered.json.values()
        return list(rows)

    def at(self, site: Site) -> "Client":
        """The same app at another site."""
        return Client(site, self.app, self.secret, self.to)


def client_of(app: App, site: Site, *, to: Any = SERVICE) -> Client:
    """The app with a new secret, calling this site."""
    return Client(site, app, issue_secret(app, by=acting(app), at=NOW), to)


def query_of(*pairs: tuple[str, str]) -> str:
    """A query as clients encode it."""
    return "&".join(f"{quote(name, safe='.')}={quote(value, safe='')}" for name, value in pairs)
