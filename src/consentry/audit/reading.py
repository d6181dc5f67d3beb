"""A transaction that reads one site's rows and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from consentry.audit.site import enter_site
from consentry.rules.identity import SchoolId


@contextmanager
def reading(school: SchoolId | None) -> Iterator[None]:
    """Open a transaction in which queries see this site's rows; row security hides all others."""
    with transaction.atomic(durable=True):
        enter_site(school)
        yield
