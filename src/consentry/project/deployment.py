"""What is looked at before a deployment is relied on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import OperationalError, connection

from consentry.project.config import Config
from consentry.project.migrate import is_up_to_date
from consentry.schools.queries import newest_terms

OLDEST_POSTGRESQL = 150000


@dataclass(frozen=True)
class Finding:
    """A problem and what to do about it. `must` marks one that should stop a deployment."""

    problem: str
    remedy: str
    must: bool = True


def findings() -> list[Finding]:
    """Everything that is not as it should be."""
    config: Config = settings.CONFIG
    return [*_addresses(config), *_database(config), *_toolkits()]


def _addresses(config: Config) -> Iterator[Finding]:
    if not config.is_secure:
        yield Finding(
            f"People and apps reach the service without encryption, at {config.base_url}.",
            "Put a proxy with TLS in front and set CONSENTRY_BASE_URL to its https address.",
            must=not config.is_embedded,
        )
    if config.is_secure and not config.trusted_proxies:
        yield Finding(
            "No proxy is trusted, so every call seems to come from the proxy's own address.",
            "Set CONSENTRY_TRUSTED_PROXIES to the proxy's address, and have it drop header names with underscores, "
            "buffer request bodies, and limit headers to 8 KiB and request lines to 64 KiB.",
            must=False,
        )
    if not config.durable_events:
        yield Finding(
            "Records of access do not wait for the disk: a crash can lose those of the last moments.",
            "Set CONSENTRY_DURABLE_EVENTS=yes unless you chose this knowingly.",
            must=False,
        )


def _database(config: Config) -> Iterator[Finding]:
    if config.is_embedded:
        yield Finding(
            "The program runs its own embedded PostgreSQL.",
            "Good for trying it out. For a service, set DATABASE_URL and DATABASE_OWNER_URL to one with backups.",
            must=False,
        )
    elif config.app_url == config.owner_url:
        yield Finding(
            "The program works as the role that owns its tables.",
            "Make a second role without rights of its own, name it in DATABASE_URL and the owner in DATABASE_OWNER_URL "
            "for `consentry migrate` alone.",
        )
    try:
        yield from _inside_database()
    except OperationalError as error:
        yield Finding(f"The database cannot be reached: {str(error).strip()}", "Start it, or mend DATABASE_URL.")


def _inside_database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('server_version_num')::int, rolsuper, rolbypassrls "
            "from pg_roles where rolname = current_user"
        )
        version, is_super, bypasses = cursor.fetchone()
    if version < OLDEST_POSTGRESQL:
        yield Finding("The PostgreSQL is older than 15.", "Move to a supported version.")
    if is_super or bypasses:
        yield Finding(
            "The program's role is a superuser or passes by row security: the wall between schools does not stand.",
            "ALTER ROLE … NOSUPERUSER NOBYPASSRLS, and name that role in DATABASE_URL.",
        )
    if not is_up_to_date():
        yield Finding("The database is behind the program.", "Run `consentry migrate`.")
    elif newest_terms() is None:
        yield Finding(
            "No terms and conditions are published, so nobody has to accept any.",
            "Write yours down and run `consentry terms publish FILE`.",
            must=False,
        )


def _toolkits() -> Iterator[Finding]:
    for message in run_checks(
        tags=[Tags.security, Tags.models, Tags.urls], include_deployment_checks=settings.CONFIG.is_secure
    ):
        yield Finding(message.msg, message.hint or "", must=message.is_serious())
