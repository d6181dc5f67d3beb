"""What the environment says, read once into a frozen, typed value; missing or wrong values say how to mend them."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from consentry.project import embedded
from consentry.project.variables import VARIABLES

SHORTEST_KEY = 50
_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


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
    field_keys: tuple[str, ...]
    base_url: str
    allowed_hosts: tuple[str, ...]
    trusted_proxies: tuple[str, ...]
    email_url: str
    google_issuer: str
    microsoft_base: str
    collector_ca: str | None
    durable_events: bool
    calls_per_minute: int
    workers: int

    @property
    def is_secure(self) -> bool:
        """Whether people and apps reach the service by https."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def can_use_passkeys(self) -> bool:
        """Whether browsers have passkeys at the service's address: by https or on the same machine, never at a number.

        Source: Web Authentication Level 3, 5.1.3 (the effective domain must be a valid domain) and secure contexts.
        """
        host = urlsplit(self.base_url).hostname or ""
        return (self.is_secure or host == "localhost") and not _is_number(host)

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
        field_keys=_field_keys(environment, var, may_make=is_embedded),
        base_url=base_url,
        allowed_hosts=tuple({host, *_words(_text(environment, "CONSENTRY_ALLOWED_HOSTS"))}),
        trusted_proxies=_words(_text(environment, "CONSENTRY_TRUSTED_PROXIES")),
        email_url=_text(environment, "CONSENTRY_EMAIL_URL"),
        google_issuer=_issuer(environment, "CONSENTRY_GOOGLE_ISSUER"),
        microsoft_base=_issuer(environment, "CONSENTRY_MICROSOFT_BASE"),
        collector_ca=_certificates(environment, "CONSENTRY_COLLECTOR_CA"),
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
        return _long_enough("CONSENTRY_SECRET_KEY", key)
    if not may_make:
        raise ConfigurationError("Set CONSENTRY_SECRET_KEY to 50 or more random characters, the same for every process")
    return _kept_beside(var / "secret_key")


def _field_keys(environment: Mapping[str, str], var: Path, *, may_make: bool) -> tuple[str, ...]:
    """The keys of what is sealed in the database: the first seals, all open. Likewise never a default."""
    if keys := _words(_text(environment, "CONSENTRY_FIELD_KEY")):
        return tuple(_long_enough("CONSENTRY_FIELD_KEY", key) for key in keys)
    if not may_make:
        raise ConfigurationError(
            "Set CONSENTRY_FIELD_KEY to 50 or more random characters, the same for every process and other than "
            "CONSENTRY_SECRET_KEY, and keep it where the database's backups are not: it opens what is sealed in them"
        )
    return (_kept_beside(var / "field_key"),)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _long_enough(name: str, key: str) -> str:
    if len(key) < SHORTEST_KEY:
        raise ConfigurationError(f"{name} must have at least {SHORTEST_KEY} characters")
    return key


def _kept_beside(kept: Path) -> str:
    """The key in this file, made where there is none yet: whole, and by the first of two at once."""
    if not kept.exists():
        made = kept.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(made, kept)
        made.unlink()
    return kept.read_text()


def _text(environment: Mapping[str, str], name: str) -> str:
    """The variable as it is set, or its default. Raises KeyError for one that VARIABLES does not tell of."""
    return environment.get(name, VARIABLES[name].default)


def _issuer(environment: Mapping[str, str], name: str) -> str:
    """Who vouches for people: reached by https; in trials also on this machine."""
    text = _text(environment, name).rstrip("/")
    parts = urlsplit(text)
    is_near = parts.scheme == "http" and parts.hostname in _THIS_MACHINE
    if not parts.hostname or (parts.scheme != "https" and not is_near):
        raise ConfigurationError(f"{name} must be an address that begins with https://, not {text!r}")
    return text


def _certificates(environment: Mapping[str, str], name: str) -> str | None:
    """The file of certificates to trust, None for the usual ones."""
    text = _text(environment, name)
    if text and not Path(text).is_file():
        raise ConfigurationError(f"{name} must name a file of certificates, and there is none at {text!r}")
    return str(Path(text).resolve()) if text else None


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
