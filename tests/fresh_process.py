"""What the program remembers because it never changes; a test with another database must not remember it."""

from consentry.api import authenticate, last_use, sites
from consentry.connections.reading import plans
from consentry.partners.queries import secrets


def forget_everything() -> None:
    """As in a process that has just started: ids of another database mean nothing in this one."""
    plans._plans.clear()
    plans._hints.clear()
    plans.grants_of.cache_clear()
    secrets._remembered.clear()
    last_use.LAST_USE._noted.clear()
    authenticate._caller_of.cache_clear()
    sites.site_named.cache_clear()
