"""Start, find and end the server. Life is proved by connecting and by an inherited lock, never by a process id."""

import os
import shlex
import signal
import time
from pathlib import Path

from psycopg import pq

from consentry.project.embedded.account import Account
from consentry.project.embedded.errors import EmbeddedError, tail
from consentry.project.embedded.locks import is_held, locked, open_lock, try_lock
from consentry.project.embedded.places import Places

PORT = 5432
PATIENCE = 300  # seconds; recovery after a crash reads up to max_wal_size
LOG_LIMIT = 10_000_000  # bytes; a longer log is put aside at the next start
ALWAYS = {  # whatever the cluster's own configuration says
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_statement": "none",
    "log_min_messages": "log",  # errors of statements go to the caller only: they quote data
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def answers(socket: Path) -> bool:
    """Whether a server accepts connections at the socket (asked without signing in, as pg_isready does)."""
    conninfo = f"host={socket} port={PORT} dbname=postgres user=postgres connect_timeout=5"
    return bool(pq.PGconn.ping(conninfo.encode()) == pq.Ping.OK)


def start(places: Places, account: Account, binaries: Path, socket: Path) -> None:
    """Start the server and wait until it answers. Raises EmbeddedError with the end of the log.

    The caller holds the start lock. Every process of the server inherits the server lock, so a free lock proves
    that a postmaster.pid left behind is stale, even if its process id now belongs to another program.
    """
    lock = open_lock(places.server_lock)
    try:
        if not await_end(lock, socket):
            return
        (places.data / "postmaster.pid").unlink(missing_ok=True)
        launch(places, account, binaries, socket, lock)
    finally:
        os.close(lock)


def await_end(lock: int, socket: Path) -> bool:
    """Wait until no process of an earlier server is left (True, and the lock is ours), or it answers (False)."""
    deadline = time.monotonic() + PATIENCE
    while not try_lock(lock):
        if answers(socket):
            return False
        if time.monotonic() > deadline:
            raise EmbeddedError(f"The database's processes run but do not answer at {socket}. End them and try again.")
        time.sleep(0.05)
    return True


def launch(places: Places, account: Account, binaries: Path, socket: Path, lock: int) -> None:
    """Run pg_ctl, which detaches the server from us and returns when it is ready."""
    settings = {**ALWAYS, "unix_socket_directories": str(socket)}
    options = " ".join(shlex.quote(f"--{name}={value}") for name, value in settings.items())
    command: list[str | Path] = [binaries / "pg_ctl", "start", "--wait", "--silent", f"--timeout={PATIENCE}", f"--options={options}"]
    if places.log.exists() and places.log.stat().st_size > LOG_LIMIT:
        places.log.replace(places.log.with_suffix(".log.old"))
    descriptor = os.open(places.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "ab") as log:
        begin = os.fstat(descriptor).st_size
        environment = {"PGDATA": str(places.data)}
        done = account.run(command, output=log, environment=environment, keep=[lock])
    if done.returncode or not answers(socket):
        raise EmbeddedError(f"The embedded database did not start. {places.log} ends:\n{tail(places.log, begin)}")


def stop(places: Places, socket: Path) -> None:
    """End the server at the socket and wait until its last process is gone.

    A server that answers is the one that wrote postmaster.pid: it ends itself when the file is not its own.
    """
    if answers(socket):
        pid = int((places.data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, signal.SIGINT)  # "fast": roll back, close, write everything out
        with locked(places.server_lock):
            pass


def runs(places: Places, socket: Path | None) -> bool:
    """Whether a server answers that also has a keeper: nothing is left to do for one who joins."""
    return socket is not None and is_held(places.keeper_lock) and answers(socket)
