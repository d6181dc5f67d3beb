"""A thread that ends closes its connection: the server ends threads that have nothing to do, and later starts others.

Django's connections would stay open until the garbage collector comes by, and the database would run out of them.
"""

import threading
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_here = threading.local()


class _End:
    """Goes with the thread that holds it, and closes the connection that the thread then has."""

    def __init__(self, wrapper: BaseDatabaseWrapper) -> None:
        self.wrapper = wrapper

    def __del__(self) -> None:
        opened = self.wrapper.connection
        if opened is not None:
            opened.close()


def close_with_thread(inner: Any) -> Any:
    """The WSGI application, in whose threads no connection outlives the thread."""

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        if not hasattr(_here, "end"):
            _here.end = _End(connections[DEFAULT_DB_ALIAS])
        return inner(environ, start_response)

    return application
