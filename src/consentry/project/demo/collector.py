"""The collector of the demo: a reference collector beside the server, which the school's counts of attendance go to."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.project.config import ConfigurationError
from consentry.returns.actions.activate_collector import activate_collector
from consentry.returns.actions.change_collector import change_collector
from consentry.returns.actions.set_collector_secret import set_collector_secret
from consentry.returns.checking import details_of, digest_of
from consentry.returns.credentials import FIRST, SECOND
from consentry.returns.queries.collectors import collector_by_slug

if TYPE_CHECKING:
    from consentry.collector.serving import Running

COLLECTOR = "england-daily-attendance"
"""The one of those that come with the product which the reference collector stands in for."""

BEYOND = 443
"""How far beyond the demo's port it listens: 8443 beside 8000."""


@dataclass(frozen=True)
class DemoCollector:
    """Where it is and how to look at what it holds."""

    slug: str
    name: str
    base_url: str
    token_url: str
    ca_file: str
    client_id: str
    client_secret: str


@contextmanager
def collecting(folder: Path, port: int) -> Iterator["Running"]:
    """A reference collector that holds nothing yet, while the block runs; the server started inside trusts it.

    Raises ConfigurationError where the extra that it is made with is missing.
    """
    if find_spec("flask") is None:
        raise ConfigurationError("The demo needs the extra `collector`: pip install 'consentry[collector]'.")
    from consentry.collector.serving import start

    shutil.rmtree(folder, ignore_errors=True)
    with start(folder, port + BEYOND) as running:
        os.environ["CONSENTRY_COLLECTOR_CA"] = running.ca_file
        yield running


def enrol_collector(running: "Running") -> DemoCollector:
    """The operator enters where the collector is and the secrets that it gave, and activates it."""
    kept = collector_by_slug(COLLECTOR)
    wanted = replace(
        details_of(kept), base_url=running.base_url, token_url=running.token_url, client_id=running.client_id
    )
    now = timezone.now()
    change_collector(kept.id, wanted, seen=digest_of(kept), by=OPERATOR, at=now)
    for which, secret in zip((FIRST, SECOND), running.client_secrets, strict=True):
        set_collector_secret(kept.id, which, secret, by=OPERATOR, at=now)
    activate_collector(kept.id, by=OPERATOR, at=now)
    return DemoCollector(
        COLLECTOR,
        kept.name,
        running.base_url,
        running.token_url,
        running.ca_file,
        running.client_id,
        running.client_secrets[0],
    )
