"""Start, find and end the server. Life is proved by connecting and by an inherited lock, never by a process id."""

import os
import shlex
import signal
import time
from pathlib import Path

from psycopg import pq

from consentry.project.embedded.account import Account
from consentry.project.embedded.errors import EmbeddedError, room, tail
from consentry.project.embedded.locks import is_held, locked, open_lock, try_lock
from consentry.project.embedded.places import Places
from consentry.project.embedded.socket_folder import PORT, clear_folder, make_folder, recorded_folder

PATIENCE = 300  # seconds; recovery after a crash reads up to max_wal_size
SEGMENT = 16 << 20  # bytes; a start may need a new piece of the write-ahead log
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


def answers(socket: Path | None) -> bool:
    """Whether a server accepts connections at the socket (asked without signing in, as pg_isready does)."""
    if socket is None:
        return False
    conninfo = f"host={socket} port={PORT} dbname=postgres user=postgres connect_timeout=5"
    return bool(pq.PGconn.ping(conninfo.encode()) == pq.Ping.OK)


def runs(places: Places, socket: Path | None) -> bool:
    """Whether the server of this data (not of a folder that it was copied from) answers at the socket."""
    return is_held(places.data) and answers(socket)


def start(places: Places, account: Account, binaries: Path) -> Path:
    """Start the server unless it runs, wait until it answers, and return the folder of its socket.

    The caller holds the start lock. Every process of the server inherits a lock on its data, so a free lock proves
    that a postmaster.pid left behind is stale, even if its process id now belongs to another program.
    Raises EmbeddedError with the end of the log.
    """
    socket = recorded_folder(places, account)
    lock = open_lock(places.data)
    try:
        if not await_end(places, lock, socket) and socket is not None:
            return socket
        if socket is None or answers(socket):  # it may be that of the folder which this one was copied from
            socket = make_folder(places, account)
        clear_folder(socket)
        (places.data / "postmaster.pid").unlink(missing_ok=True)
        launch(places, account, binaries, socket, lock)
        return socket
    finally:
        os.close(lock)


def await_end(places: Places, lock: int, socket: Path | None) -> bool:
    """Wait until no process of an earlier server is left (True, and the lock is ours), or it answers (False)."""
    deadline = time.monotonic() + (PATIENCE if socket else 10)
    while not try_lock(lock):
        if answers(socket):
            return False
        if time.monotonic() > deadline:
            raise EmbeddedError(
                f"A server runs on {places.data}, but cannot be reached at {places.socket}. End it (its process id is "
                "the first line of postmaster.pid there) and start again."
            )
        time.sleep(0.05)
    return True


def launch(places: Places, account: Account, binaries: Path, socket: Path, lock: int) -> None:
    """Run pg_ctl, which detaches the server from us and returns when it is ready."""
    settings = {**ALWAYS, "unix_socket_directories": str(socket)}
    options = " ".join(shlex.quote(f"--{name}={value}") for name, value in settings.items())
    command: list[str | Path] = [binaries / "pg_ctl", "start", "--wait", "--silent"]
    command += [f"--timeout={PATIENCE}", f"--options={options}"]
    environment = {"PGDATA": str(places.data.resolve())}  # not as an option: pg_ctl hands those to a shell
    if places.log.exists() and places.log.stat().st_size > LOG_LIMIT:
        places.log.replace(places.log.with_suffix(".log.old"))
    descriptor = os.open(places.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "ab") as log:
        begin = os.fstat(descriptor).st_size
        done = account.run(command, output=log, environment=environment, keep=[lock])
    if done.returncode or not answers(socket):
        full = room(places.data, SEGMENT)
        raise EmbeddedError(
            f"The embedded database did not start. {full}\n{places.log} ends:\n{tail(places.log, begin)}"
        )


def stop(places: Places, account: Account) -> None:
    """End the server, also one that is still starting, and wait until its last process is gone.

    A server that answers is the one that wrote postmaster.pid: it ends itself when the file is not its own.
    """
    socket = recorded_folder(places, account)
    if socket is None:
        return
    lock = open_lock(places.data)
    try:
        if not await_end(places, lock, socket):
            os.kill(int((places.data / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGINT)
            with locked(places.data):
                pass
    finally:
        os.close(lock)
    if not answers(socket):
        clear_folder(socket)
        socket.rmdir()
