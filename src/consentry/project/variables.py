"""The environment variables that a deployment is configured by: each one's default and what it chooses."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Variable:
    """One variable. `default` is the text that stands for it when it is not set; `meaning` says what it chooses."""

    default: str
    meaning: str


VARIABLES: Final[dict[str, Variable]] = {
    "DATABASE_URL": Variable(
        "", "The PostgreSQL 15 or newer to use, as the role the program works as. Not set: an embedded one under var/."
    ),
    "DATABASE_OWNER_URL": Variable(
        "", "The same database as the role that owns the tables, for `consentry migrate`. Not set: DATABASE_URL."
    ),
    "CONSENTRY_SECRET_KEY": Variable(
        "",
        "50 or more random characters that sign sessions and cursors, the same for every process. "
        "Must be set with DATABASE_URL; beside an embedded database one is made and kept.",
    ),
    "CONSENTRY_FIELD_KEY": Variable(
        "",
        "50 or more random characters that seal what must stay secret in the database: second factors, identity "
        "providers, collectors. Two with a comma between while one takes over: the first seals, both open. "
        "Must be set with DATABASE_URL; beside an embedded database one is made and kept.",
    ),
    "CONSENTRY_BASE_URL": Variable(
        "http://127.0.0.1:8000",
        "The address that people and apps use. With https, cookies are bound to it and HSTS is sent.",
    ),
    "CONSENTRY_ALLOWED_HOSTS": Variable("", "Further host names that are answered, with commas or spaces between."),
    "CONSENTRY_TRUSTED_PROXIES": Variable(
        "",
        "Addresses or networks of the proxies in front, with commas or spaces between. X-Forwarded-For and "
        "X-Forwarded-Proto are believed from these alone; they must drop header names with underscores.",
    ),
    "CONSENTRY_EMAIL_URL": Variable(
        "file:",
        "Where mail goes: `file:` (a folder under var/), `file:/folder`, or `smtp+tls://user:password@host:587`.",
    ),
    "CONSENTRY_GOOGLE_ISSUER": Variable(
        "https://accounts.google.com", "Who issues the ID tokens of people who sign in with Google."
    ),
    "CONSENTRY_MICROSOFT_BASE": Variable(
        "https://login.microsoftonline.com",
        "Where Microsoft Entra is; another for a national cloud, such as https://login.microsoftonline.us. A site’s "
        "tenant follows it.",
    ),
    "CONSENTRY_COLLECTOR_CA": Variable(
        "",
        "A file of certificates (PEM) by which attendance collectors are verified. Not set: by the usual authorities.",
    ),
    "CONSENTRY_DURABLE_EVENTS": Variable(
        "yes",
        "`yes`: an answer waits until the record of the access is on disk. `no`: a crash can lose the last moments.",
    ),
    "CONSENTRY_CALLS_PER_MINUTE": Variable("600", "How many calls a minute one app may make."),
    "CONSENTRY_WORKERS": Variable("2", "How many web workers there are; each holds its share of the limit of calls."),
    "CONSENTRY_VAR": Variable("var", "The folder of everything that the program keeps in files."),
}
"""Every variable that config.py reads, in the order in which a deployment needs them."""
