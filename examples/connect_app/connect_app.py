"""A partner app's connect link in one file: sends somebody to approve it, gets its tokens, reads, and renews them.

The protocol is Authlib's, a client library that knows nothing of this service but its address.
"""

import argparse
import hmac
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

TIMEOUT = (3, 30)
DONE = b"""<!DOCTYPE html><title>Connect App</title><link rel="icon" href="data:,">
<h1>Connect App has its answer</h1><p>You can close this window.</p>"""


class NotConnected(Exception):  # noqa: N818 - what the person is told
    """The person did not approve, or the answer is not one to what was asked; the message says which."""


class Callback(HTTPServer):
    """Waits on this machine for the browser to come back, once."""

    said: dict[str, str]

    def wait(self) -> dict[str, str]:
        """What the browser brings."""
        self.said = {}
        while not self.said:
            self.handle_request()
        return self.said


class _Answer(BaseHTTPRequestHandler):
    server: Callback

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/callback":
            self.server.said = dict(parse_qsl(parts.query))
        self.send_response(200 if parts.path == "/callback" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(DONE)

    def log_message(self, *_: object) -> None:
        """Codes do not belong into logs."""


def connect(base_url: str, port: int) -> tuple[OAuth2Session, dict[str, Any], dict[str, Any]]:
    """Send somebody to the service and wait for the answer: the session with its tokens, the server's addresses."""
    user, secret = os.environ["APPLICATION_USER"], os.environ["APPLICATION_SECRET"]
    session = OAuth2Session(
        user, secret, scope="records", redirect_uri=f"http://127.0.0.1:{port}/callback", code_challenge_method="S256"
    )
    server = session.get(
        f"{base_url}/.well-known/oauth-authorization-server", withhold_token=True, timeout=TIMEOUT
    ).json()
    verifier = generate_token(64)
    link, state = session.create_authorization_url(server["authorization_endpoint"], code_verifier=verifier)
    with Callback(("127.0.0.1", port), _Answer) as callback:
        print(f"Open this address and approve: {link}", flush=True)
        said = callback.wait()
    if said.get("iss") != server["issuer"] or not hmac.compare_digest(said.get("state", ""), state):
        raise NotConnected("The answer does not belong to what was asked.")
    if "code" not in said:
        raise NotConnected(said.get("error_description", said.get("error", "There is no code.")))
    tokens = session.fetch_token(server["token_endpoint"], code=said["code"], code_verifier=verifier, timeout=TIMEOUT)
    return session, server, tokens


def site_of(session: OAuth2Session, server: dict[str, Any], token: str) -> str:
    """The address of the site that the person chose: what the token is good for."""
    told = session.introspect_token(server["introspection_endpoint"], token=token, timeout=TIMEOUT).json()
    (site,) = told["aud"]
    return str(site)


def read(session: OAuth2Session, site: str) -> int:
    """How many students stand on the first page."""
    answer = session.get(f"{site}/rest-v2/students", timeout=TIMEOUT)
    answer.raise_for_status()
    return len(answer.json()["students"])


def main() -> int:
    """Connect, read, renew, read again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--port", type=int, default=8765, help="where http://127.0.0.1:PORT/callback is registered")
    chosen = parser.parse_args()
    try:
        session, server, tokens = connect(chosen.base_url.rstrip("/"), chosen.port)
    except NotConnected as why:
        print(f"Not connected: {why}", file=sys.stderr)
        return 1
    site = site_of(session, server, tokens["access_token"])
    print(f"Connected to {site}: read {read(session, site)} students", flush=True)
    # Keep the new refresh token before you use the new access token: the old one shown again ends them all.
    renewed = session.refresh_token(server["token_endpoint"], refresh_token=tokens["refresh_token"], timeout=TIMEOUT)
    is_new = renewed["refresh_token"] != tokens["refresh_token"]
    print(
        f"Renewed ({'a new' if is_new else 'the same'} refresh token): read {read(session, site)} students", flush=True
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
