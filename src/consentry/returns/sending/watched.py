"""Connections that can be cut from outside: a time-out of `requests` begins anew with each byte that comes.

A collector that sends a byte now and then would keep a sender for as long as it likes, and with it whoever wants to
remove consent.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

_own = threading.local()


@dataclass
class Deadline:
    """What is used before it is over, and whether it is.

    A connection forgets its socket as soon as the answer says that it will be closed, and the answer goes on with it.
    """

    is_over: bool = False
    used: list[HTTPSConnection] = field(default_factory=list)
    sockets: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """End what is going on: whoever waits for an answer gets an end or an error."""
        self.is_over = True
        for each in {*self.sockets, *(connection.sock for connection in self.used)} - {None}:
            with suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)  # not TLS's own, which would wait for an answer

    def close(self) -> None:
        """Give back what was cut: nobody uses it any more."""
        for connection in self.used:
            connection.close()
        for each in self.sockets:
            each.close()


@contextmanager
def ending_within(seconds: float) -> Iterator[Deadline]:
    """Whatever this thread does over watched connections inside is cut after so many seconds."""
    deadline = Deadline()
    timer = threading.Timer(seconds, deadline.cut)
    timer.daemon = True
    timer.start()
    _own.deadline = deadline
    try:
        yield deadline
    finally:
        timer.cancel()
        del _own.deadline
        if deadline.is_over:
            deadline.close()


def _deadline() -> Deadline:
    """That of this thread; of nobody's where nothing is watched."""
    found: Deadline = getattr(_own, "deadline", Deadline())
    return found


class _WatchedConnection(HTTPSConnection):
    def connect(self) -> None:
        """Watched from before the first byte."""
        _deadline().used.append(self)
        super().connect()

    def request(self, *args: Any, **options: Any) -> None:
        """Watched anew: it may have been kept open by an earlier request."""
        _deadline().used.append(self)
        super().request(*args, **options)
        _deadline().sockets.append(self.sock)


class _WatchedPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedConnection


class WatchedAdapter(HTTPAdapter):
    """Connects by HTTPS in such a way that `ending_within` can end it."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """As it comes, with watched connections."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"https": _WatchedPool}

    def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
        """The same, where the environment names a proxy."""
        manager = super().proxy_manager_for(*args, **options)
        manager.pool_classes_by_scheme = {"https": _WatchedPool}
        return manager
