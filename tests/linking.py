"""The connect link from both ends: an app that sends people there and exchanges codes, and a browser of a person."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.test import Client as Browser

from consentry.partners.actions.issue_secret import issue_secret
from consentry.partners.actions.set_redirect_uris import set_redirect_uris
from consentry.partners.models import App
from consentry.people.models import User
from consentry.schools.models import Site
from tests.api.calls import SERVICE, Answered, call
from tests.world import NOW, PASSWORD, acting, add_app

CALLBACK = "https://timetabler.example/callback"
VERIFIER = "a-verifier-of-the-tests-that-is-long-enough-0123456789"
FORM = {"CONTENT_TYPE": "application/x-www-form-urlencoded"}

_addresses = count(1)


def challenge_of(verifier: str) -> str:
    """The S256 challenge (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def asked(answer: Any) -> dict[str, str]:
    """What the address says that somebody is sent to."""
    return dict(parse_qsl(urlsplit(answer["Location"]).query, keep_blank_values=True))


@dataclass(frozen=True)
class LinkedApp:
    """An app that may be connected by link, with a secret. Each has an address of its own on the internet."""

    app: App
    secret: str
    address: str = field(default_factory=lambda: f"10.0.{(n := next(_addresses)) // 250}.{n % 250 + 1}")

    @property
    def basic(self) -> str:
        """The header that proves who calls."""
        return "Basic " + base64.b64encode(f"{self.app.application_user}:{self.secret}".encode()).decode()

    def query(self, **changed: str | None) -> str:
        """What it sends people with; None leaves something out."""
        said: dict[str, str | None] = {
            "response_type": "code",
            "client_id": self.app.application_user,
            "redirect_uri": CALLBACK,
            "scope": "records",
            "state": "st&te=1 é",
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
            **changed,
        }
        return urlencode({name: value for name, value in said.items() if value is not None})

    def link(self, **changed: str | None) -> str:
        """The address it sends people to."""
        return f"/oauth/authorize?{self.query(**changed)}"

    def consent(self, site: Site, **changed: str | None) -> str:
        """The consent page of this site."""
        return f"/{site.slug}/connect?{self.query(**changed)}"

    def post(self, path: str, fields: Mapping[str, str] | str, **headers: str) -> Answered:
        """What a form that the app sends is answered with."""

        def from_its_address(environ: dict[str, Any], start_response: Any) -> Any:
            return SERVICE(environ | {"REMOTE_ADDR": self.address}, start_response)

        body = fields if isinstance(fields, str) else urlencode(fields)
        sent = FORM | {"Authorization": self.basic} | headers
        return call(path, method="POST", headers=sent, body=body.encode(), to=from_its_address)

    def exchange(self, code: str, **changed: str) -> Answered:
        """The code for tokens."""
        said = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
            **changed,
        }
        return self.post("/oauth/token", said)

    def refresh(self, token: str, **changed: str) -> Answered:
        """A refresh token for the next pair."""
        return self.post("/oauth/token", {"grant_type": "refresh_token", "refresh_token": token, **changed})

    def by_credentials(self, **changed: str) -> Answered:
        """A token without anybody's doing."""
        return self.post("/oauth/token", {"grant_type": "client_credentials", **changed})

    def revoke(self, token: str, **changed: str) -> Answered:
        """Giving a token back."""
        return self.post("/oauth/revoke", {"token": token, **changed})

    def introspect(self, token: str) -> dict[str, Any]:
        """What it is told of the token."""
        told: dict[str, Any] = self.post("/oauth/introspect", {"token": token}).json
        return told


def read_with(token: str, site: Site | str) -> Answered:
    """A page of students at the site, with this token."""
    slug = site if isinstance(site, str) else site.slug
    return call(f"/{slug}/rest-v2/students", headers={"Authorization": f"Bearer {token}"})


def add_linked_app(name: str = "Timetabler", **wanted: Any) -> LinkedApp:
    """A new app that may be sent people back at CALLBACK."""
    app = add_app(name, **wanted)
    set_redirect_uris(app, [CALLBACK], by=acting(app), at=NOW)
    return LinkedApp(app, issue_secret(app, by=acting(app), at=NOW))


def signed_in(user: User) -> Browser:
    """A browser in which this person has just signed in by their password."""
    browser = Browser(raise_request_exception=False)
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return browser


def look(browser: Browser, app: LinkedApp, site: Site, **changed: str | None) -> Any:
    """The consent page."""
    return browser.get(app.consent(site, **changed))


def press(browser: Browser, page: Any, button: str = "approve") -> Any:
    """What a button of the consent page answers."""
    return browser.post(page.context["action"], {"request": page.context["request_name"], button: "yes"})


def approve_link(browser: Browser, app: LinkedApp, site: Site) -> str:
    """The code that the app gets when the person of this browser approves it."""
    page = look(browser, app, site)
    assert page.status_code == 200, page.content
    return asked(press(browser, page))["code"]


def tokens_for(browser: Browser, app: LinkedApp, site: Site) -> dict[str, Any]:
    """The first tokens of a chain, for an app that the person of this browser approves."""
    answered = app.exchange(approve_link(browser, app, site))
    assert answered.status == 200, answered.body
    tokens: dict[str, Any] = answered.json
    return tokens


def issuer() -> str:
    """The name of the server."""
    base: str = settings.CONFIG.base_url
    return base
