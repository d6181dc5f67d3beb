"""A practice identity provider beside the demo, so that single sign-on can be tried: real OpenID Connect on loopback.

It comes from a package for trying things out, which `make setup` installs and a deployment does not need; it asks for
no password. The demo's server takes it for Google.
"""

import importlib.util
import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.provider_details import ProviderDetails
from consentry.people.queries.permissions import accounts_permitted, opening_of
from consentry.project.config import ConfigurationError
from consentry.project.demo.cast import SSO_PERSON, SSO_STRANGER
from consentry.project.demo.server import started
from consentry.rules.identity_providers import Vouching
from consentry.rules.pages import Page
from consentry.schools.queries import school_id, site_by_slug

PACKAGE = "oidc_provider_mock"


@contextmanager
def vouching() -> Iterator[bool]:
    """Whether a provider stands in for Google while the block runs: not where its package is not installed."""
    if importlib.util.find_spec(PACKAGE) is None:
        yield False
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    people = [{"sub": who, "email": who, "email_verified": True} for who in (SSO_PERSON, SSO_STRANGER)]
    claims = [word for each in people for word in ("--user-claims", json.dumps(each))]
    command = [sys.executable, "-W", "ignore", "-m", PACKAGE, "--port", str(port), *claims]
    with started(command, f"{address}/.well-known/openid-configuration", stdout=subprocess.DEVNULL):
        os.environ["CONSENTRY_GOOGLE_ISSUER"] = address
        yield True


def switch_sso_on(slug: str) -> None:
    """The site's administrator sets up Google, with a client as anybody would register one, and switches it on."""
    site = site_by_slug(slug)
    opening = opening_of(Page.SSO_SETTINGS, site.level)
    account = accounts_permitted(school_id(site), opening, timezone.localdate()).order_by("id").first()
    if account is None:
        raise ConfigurationError(f"Nobody can switch single sign-on on at {site.name}.")
    details = ProviderDetails(Vouching.GOOGLE, client_id=f"{slug}.consentry.example", secret=secrets.token_urlsafe(32))
    set_identity_provider(site, details, by=account, at=timezone.now())
    change_sign_in_settings(site, SignInSwitches(sso_on=True), by=account, at=timezone.now())
