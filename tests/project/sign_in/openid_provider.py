"""A real OpenID provider on loopback, and a person's browser that goes there and back. It is Authlib's, not ours."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import pytest
import requests
from django.test import Client
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

with warnings.catch_warnings():
    import authlib.deprecate  # noqa: F401 - demands to be heard as it is imported

    warnings.simplefilter("ignore")
    import oidc_provider_mock  # type: ignore[import-untyped]

# The provider is of its own release of Authlib, which tells its users of what will change.
AUTHLIB_WARNS = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
TENANT = "9a8b7c6d-0000-4000-8000-0123456789ab"
MICROSOFT_CLIENT = "1f0e2d3c-0000-4000-8000-0123456789ab"


class _Mounted(flask.Request):
    """A request to a provider that stands below a path, as each tenant of Microsoft does: its issuer names the path."""

    @property
    def host_url(self) -> str:
        return self.root_url


@dataclass
class OpenIdProvider:
    """Google at the root, and one tenant of Microsoft below it. Everybody it is told of may sign in."""

    base: str
    stop: Any = field(repr=False)

    def knows(self, subject: str, **claims: object) -> None:
        """From now on it says this of the person, as Google and as Microsoft."""
        for place in (self.base, f"{self.base}/{TENANT}/v2.0"):
            assert requests.put(f"{place}/users/{subject}", json=claims, timeout=10).status_code == 204


@contextmanager
def running(**options: Any) -> Iterator[OpenIdProvider]:
    """The provider, for as long as the block runs."""
    google, microsoft = (oidc_provider_mock.app(require_nonce=True, **options) for _ in range(2))
    microsoft.request_class = _Mounted
    for app in (google, microsoft):
        app.debug = False
    both = DispatcherMiddleware(google, {f"/{TENANT}/v2.0": microsoft})
    server = make_server("127.0.0.1", 0, both, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()

    def stop() -> None:
        if thread.is_alive():
            server.shutdown()
            thread.join()
            server.server_close()

    try:
        yield OpenIdProvider(f"http://127.0.0.1:{server.server_port}", stop)
    finally:
        stop()


@dataclass
class Browser:
    """Somebody's browser: its cookies are those of the client, and it follows the provider's pages over HTTP."""

    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def leave(self, provider: str, *, to: str = "") -> str:
        """Press the button of this provider (its name) at the site's sign-in page; the address that leads away."""
        query = f"?next={to}" if to else ""
        answer = self.client.post(f"/accounts/sso/{provider}/login/{query}")
        assert answer.status_code == 200, answer.content.decode()
        return str(answer.context["address"])

    def consent(self, address: str, subject: str, *, action: str = "") -> str:
        """Sign in at the provider as this person; the path that it sends the browser back to."""
        answer = requests.post(address, data={"sub": subject, "action": action}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"

    def sign_in(self, provider: str, subject: str, *, to: str = "") -> Any:
        """All the way; our answer to what the provider sends back."""
        return self.client.get(self.consent(self.leave(provider, to=to), subject))

    @property
    def is_signed_in(self) -> bool:
        return "_auth_user_id" in self.client.session


def asked(address: str) -> dict[str, str]:
    """What the address that leads to a provider asks of it."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
