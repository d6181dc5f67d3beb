"""The keeper: a small process that sleeps on the users' lock and ends the server when the last user is gone."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

from consentry.project.embedded.account import choose_account
from consentry.project.embedded.errors import EmbeddedError
from consentry.project.embedded.locks import open_lock, try_lock
from consentry.project.embedded.places import Places
from consentry.project.embedded.server import stop

GRACE = 1.0  # seconds; a command that follows another finds the server still there


def begin_keeper(places: Places) -> None:
    """Start a keeper unless one lives; it inherits its lock, so it counts as alive from here on.

    The caller holds the start lock. Raises EmbeddedError if it cannot be started.
    """
    lock = open_lock(places.keeper_lock)
    try:
        if not try_lock(lock):
            return
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-P", "-m", __package__, str(places.var), str(lock)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd="/",
            pass_fds=(lock,),
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            check=False,
        )
    finally:
        os.close(lock)
    if done.returncode:
        raise EmbeddedError(f"The database's keeper did not start:\n{done.stderr.decode(errors='replace')}")


def await_last_user(places: Places) -> int:
    """Sleep until nobody has used the server for the grace, and return the users' lock, held exclusively."""
    lock = open_lock(places.users_lock)
    while True:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fcntl.flock(lock, fcntl.LOCK_UN)
        time.sleep(GRACE)
        if try_lock(lock):
            return lock


def keep(places: Places, keeper_lock: int) -> None:
    """End the server after its last user. Whoever comes meanwhile waits at the users' lock and starts it anew."""
    users = await_last_user(places)
    if places.data.exists():
        stop(places, choose_account(places.data))
    os.close(keeper_lock)  # first: one who sees no users' lock must see no keeper either
    os.close(users)


def main() -> None:
    """Detach from the process that started us and keep."""
    if os.fork():
        os._exit(0)
    places = Places(Path(sys.argv[1]))
    os.dup2(os.open(places.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600), sys.stderr.fileno())
    lock = int(sys.argv[2])
    os.truncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())  # for people to read
    keep(places, lock)
