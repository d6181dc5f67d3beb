"""One SQLite file in the collector's folder: what was received, who holds a token, which fault is switched on.

It is shared by all threads of all workers; each thread has a connection of its own.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SECONDS_TO_WAIT = 30
_TABLES = """
pragma journal_mode = wal;
create table if not exists receipts (
    key text primary key, id text not null unique, urn text not null, received_at text not null, days integer not null,
    fingerprint blob not null, repeats integer not null default 0
);
create index if not exists receipts_of_a_school on receipts (urn);
create table if not exists days (
    urn text not null, date text not null, told text not null, primary key (urn, date)
) without rowid;
create table if not exists tokens (fingerprint blob primary key, ends_at real not null) without rowid;
create table if not exists faults (
    one integer primary key check (one = 1), fault text not null, times integer, retry_after integer not null,
    seconds real not null
);
"""


class Database:
    """The file. What is done within `changing` is done as a whole or not at all, and alone."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._here = threading.local()

    def make(self) -> None:
        """Make the file and its tables; what is there stays. To be done once, before workers begin."""
        made = sqlite3.connect(self._file, timeout=_SECONDS_TO_WAIT)
        made.executescript(_TABLES)
        made.close()

    @property
    def reading(self) -> sqlite3.Connection:
        """The connection of the thread that asks."""
        opened: sqlite3.Connection | None = getattr(self._here, "connection", None)
        if opened is None:
            opened = sqlite3.connect(self._file, timeout=_SECONDS_TO_WAIT, isolation_level=None)
            opened.execute("pragma synchronous = normal")
            self._here.connection = opened
        return opened

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """The same within a transaction, beside which nobody else writes."""
        connection = self.reading
        connection.execute("begin immediate")
        try:
            yield connection
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")
