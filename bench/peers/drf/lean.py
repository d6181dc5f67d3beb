"""The same without what such a service could do without: no middleware, pages cut by cursor, which spares the count."""

from bench.peers.drf.settings import *  # noqa: F403 - the same settings
from bench.peers.drf.settings import REST_FRAMEWORK

MIDDLEWARE: list[str] = []
REST_FRAMEWORK = REST_FRAMEWORK | {"DEFAULT_PAGINATION_CLASS": "bench.peers.drf.pages.ByCursor"}
