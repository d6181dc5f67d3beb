"""The straight line to the driver: prepared statements, several in one round trip, the raw bytes of the answer.

psycopg's cursors would convert the query text and every value again at each call; this speaks libpq's own pipeline
through psycopg, on the connection that Django keeps open for the thread.
"""

import select
import threading
from collections import OrderedDict
from collections.abc import Sequence

import django.db
import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import pq

from consentry.connections.reading.statement import Statement

MOST_PREPARED = 200
MOST_PREPARED_SQL = 512 * 1024
"""How many statements a connection holds prepared, and how many characters of SQL they have together: those unused for
longest make room. Each costs the server memory, about a hundred times its length."""

_TOO_MUCH = {"57014", "53200", "54000", "54001"}
"""Canceled by the time-out, out of memory, and more than the program or its stack can hold (PostgreSQL, appendix A)."""

_here = threading.local()


class UnavailableError(Exception):
    """The database cannot be reached now, or went away during the call; nothing was answered from it."""


class TooCostlyError(Exception):
    """The statement took longer than a call may, or more memory than there is: nothing was answered or recorded."""


class Line:
    """One open connection of this thread and the statements prepared on it."""

    def __init__(self, opened: psycopg.Connection[tuple[object, ...]], of: BaseDatabaseWrapper) -> None:
        self.opened = opened
        self.of = of
        self.pgconn = opened.pgconn
        self.names: OrderedDict[str, bytes] = OrderedDict()
        self.made = self.characters = 0
        self.readable, self.ready = select.poll(), select.poll()
        self.readable.register(self.pgconn.socket, select.POLLIN)
        self.ready.register(self.pgconn.socket, select.POLLIN | select.POLLOUT)

    def is_current(self) -> bool:
        """Whether this is still the open connection that Django has for the thread."""
        return self.of.connection is self.opened and not self.opened.closed

    def ask(self, *calls: tuple[Statement, list[bytes | None]]) -> pq.abc.PGresult:
        """Run the statements in one round trip and one transaction; the last one's result.

        Raises psycopg.Error for what the database refuses, TooCostlyError for what takes longer than it may,
        UnavailableError when it is gone.
        """
        try:
            self.pgconn.enter_pipeline_mode()
            expected = sum(self._send(statement, values) for statement, values in calls)
            self.pgconn.pipeline_sync()
            self._flush()
            return self._results(expected)
        except psycopg.OperationalError as error:
            if error.sqlstate in _TOO_MUCH:
                self._forget_prepared()
                raise TooCostlyError from error
            self.opened.close()
            raise UnavailableError from error
        except psycopg.Error:
            self._forget_prepared()
            raise
        finally:
            if self.pgconn.status == pq.ConnStatus.OK:
                self.pgconn.exit_pipeline_mode()

    def _forget_prepared(self) -> None:
        """After a refusal it is not known which statements were still prepared: none of them is kept, here or there.

        Nothing else prepares on this connection (Django's `prepare_threshold` is None).
        """
        self.names.clear()
        self.characters = 0
        self.pgconn.exit_pipeline_mode()
        self.pgconn.exec_(b"deallocate all")

    def _send(self, statement: Statement, values: Sequence[bytes | None]) -> int:
        """Queue one statement, preparing it first if this connection has not seen it; how many results will come."""
        name, results = self.names.get(statement.sql), 1
        if name is None:
            results += self._make_room(len(statement.sql))
            self.made += 1
            self.characters += len(statement.sql)
            name = self.names[statement.sql] = f"c{self.made}".encode()
            self.pgconn.send_prepare(name, statement.sql.encode())
            results += 1
        else:
            self.names.move_to_end(statement.sql)
        self.pgconn.send_query_prepared(name, values)
        return results

    def _make_room(self, coming: int) -> int:
        """Give up what is unused for longest until a statement of this length fits; how many results will come."""
        given_up = 0
        while self.names and (len(self.names) >= MOST_PREPARED or self.characters + coming > MOST_PREPARED_SQL):
            sql, oldest = self.names.popitem(last=False)
            self.characters -= len(sql)
            self.pgconn.send_query_params(b"deallocate " + oldest, None)
            given_up += 1
        return given_up

    def _flush(self) -> None:
        while self.pgconn.flush():
            self.ready.poll()
            self.pgconn.consume_input()

    def _results(self, expected: int) -> pq.abc.PGresult:
        """Read all results of the round trip, to the last; each is followed by an empty one, and all by the sync."""
        get, is_busy = self.pgconn.get_result, self.pgconn.is_busy
        last: pq.abc.PGresult | None = None
        failed: pq.abc.PGresult | None = None
        for number in range(2 * expected + 1):
            while is_busy():
                self.readable.poll()
                self.pgconn.consume_input()
            result = get()
            if number % 2 == 0 and number < 2 * expected:
                last = result
                if result is not None and result.status == pq.ExecStatus.FATAL_ERROR:
                    failed = failed or result
        if failed is not None:
            raise psycopg.errors.lookup(_code(failed))(failed.error_message.decode(errors="replace"))
        if last is None:
            raise UnavailableError
        return last


def _code(result: pq.abc.PGresult) -> str:
    return (result.error_field(pq.DiagnosticField.SQLSTATE) or b"XX000").decode()


def line() -> Line:
    """The line of this thread. Raises UnavailableError when no connection can be opened."""
    kept: Line | None = getattr(_here, "line", None)
    if kept is not None and kept.is_current():
        return kept
    opened = _open_connection()
    if kept is None or kept.opened is not opened:
        kept = _here.line = Line(opened, connections[DEFAULT_DB_ALIAS])
    return kept


def _open_connection() -> psycopg.Connection[tuple[object, ...]]:
    """Django's connection of this thread: a new one in place of one that is known to be broken."""
    try:
        if connection.connection is not None and connection.connection.closed:
            connection.close()
        connection.ensure_connection()
    except django.db.Error as error:
        raise UnavailableError from error
    opened: psycopg.Connection[tuple[object, ...]] = connection.connection
    return opened
