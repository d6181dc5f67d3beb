"""What an app is told when an answer could not be made: the database is away, or something nobody foresaw."""

import logging
from collections.abc import Callable

import psycopg
from django import db

from consentry.api.exchange import Reply
from consentry.api.rest_v2.replies import failed
from consentry.connections.reading.line import UnavailableError
from consentry.connections.reading.read import MovingVersionError

_log = logging.getLogger(__name__)
_AWAY = (UnavailableError, MovingVersionError, psycopg.OperationalError, db.OperationalError, db.InterfaceError)


def answering(make: Callable[[], Reply]) -> Reply:
    """The reply that `make` gives; 503 when the database is away for now, 500 without any detail for a fault here.

    The connection is closed, whatever state it was left in, so that the next call opens a new one.
    """
    try:
        return make()
    except _AWAY:
        db.connection.close()
        message = "The answer could not be made just now: try again soon."
        return failed(503, message, kind="Unavailable", headers=[("Retry-After", "2")])
    except Exception:  # noqa: BLE001 - whatever it is, apps are told in the documented shape, and it is logged
        _log.exception("a call could not be answered")
        db.connection.close()
        return failed(500, "Something went wrong here; it is on record.", kind="Fault")
