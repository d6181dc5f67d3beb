"""What the environment says, read once into a frozen, typed value; missing or wrong values say how to mend them."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from consentry.project import embedded
from consentry.project.variables import VARIABLES

SHORTEST_KEY = 50


class ConfigurationError(Exception):
    """The environment is not usable; the message names the variable and the way out."""


@dataclass(frozen=True)
class Config:
    """The deployment's choices. Addresses are URLs; folders are absolute."""

    var: Path
    app_url: str
    owner_url: str
    is_embedded: bool
    secret_key: str
    base_url: str
    allowed_hosts: tuple[str, ...]
    trusted_proxies: tuple[str, ...]
    email_url: str
    durable_events: bool
    calls_per_minute: int
    workers: int

    @property
    def is_secure(self) -> bool:
        """Whether people and apps reach the service by https."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def mail_folder(self) -> Path | None:
        """Where mails are left as files; None when they are sent."""
        mail = urlsplit(self.email_url)
        if mail.scheme != "file":
            return None
        return Path(mail.path) if mail.path else self.var / "mail"


def read_config(environment: Mapping[str, str] = os.environ) -> Config:
    """The deployment's choices as the environment states them.

    Raises ConfigurationError for a value that cannot be used, EmbeddedError when the own database does not start.
    """
    var = Path(_text(environment, "CONSENTRY_VAR")).resolve()
    app_url, owner_url, is_embedded = _databases(environment, var)
    base_url = _text(environment, "CONSENTRY_BASE_URL").rstrip("/")
    host = urlsplit(base_url).hostname
    if host is None:
        raise ConfigurationError("CONSENTRY_BASE_URL must be an address such as https://consentry.example.org")
    return Config(
        var=var,
        app_url=app_url,
        owner_url=owner_url,
        is_embedded=is_embedded,
        secret_key=_secret_key(environment, var, may_make=is_embedded),
        base_url=base_url,
        allowed_hosts=tuple({host, *_words(_text(environment, "CONSENTRY_ALLOWED_HOSTS"))}),
        trusted_proxies=_words(_text(environment, "CONSENTRY_TRUSTED_PROXIES")),
        email_url=_text(environment, "CONSENTRY_EMAIL_URL"),
        durable_events=_yes_or_no(environment, "CONSENTRY_DURABLE_EVENTS"),
        calls_per_minute=_number(environment, "CONSENTRY_CALLS_PER_MINUTE"),
        workers=_number(environment, "CONSENTRY_WORKERS"),
    )


def _databases(environment: Mapping[str, str], var: Path) -> tuple[str, str, bool]:
    if app_url := _text(environment, "DATABASE_URL"):
        return app_url, _text(environment, "DATABASE_OWNER_URL") or app_url, False
    cluster = embedded.ensure(var)
    return cluster.app_url, cluster.owner_url, True


def _secret_key(environment: Mapping[str, str], var: Path, *, may_make: bool) -> str:
    """The signing key: named by the environment, or made once beside an embedded database; never a default."""
    if key := _text(environment, "CONSENTRY_SECRET_KEY"):
        if len(key) < SHORTEST_KEY:
            raise ConfigurationError(f"CONSENTRY_SECRET_KEY must have at least {SHORTEST_KEY} characters")
        return key
    if not may_make:
        raise ConfigurationError("Set CONSENTRY_SECRET_KEY to 50 or more random characters, the same for every process")
    kept = var / "secret_key"
    if not kept.exists():
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return kept.read_text()


def _text(environment: Mapping[str, str], name: str) -> str:
    """The variable as it is set, or its default. Raises KeyError for one that VARIABLES does not tell of."""
    return environment.get(name, VARIABLES[name].default)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _yes_or_no(environment: Mapping[str, str], name: str) -> bool:
    text = _text(environment, name).lower()
    if text not in {"yes", "no"}:
        raise ConfigurationError(f"{name} must be yes or no, not {text!r}")
    return text == "yes"


def _number(environment: Mapping[str, str], name: str) -> int:
    text = _text(environment, name)
    if not text.isdecimal() or int(text) < 1:
        raise ConfigurationError(f"{name} must be a whole number of at least 1, not {text!r}")
    return int(text)
