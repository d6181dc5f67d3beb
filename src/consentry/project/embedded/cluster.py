"""Start or join the embedded server of a var/ folder, and be counted as its user for as long as this process lives."""

import fcntl
import json
import os
import pwd
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from consentry.project.embedded.account import Account, choose_account
from consentry.project.embedded.binaries import MAJOR, find_binaries
from consentry.project.embedded.errors import EmbeddedError
from consentry.project.embedded.initialise import initialise
from consentry.project.embedded.keeper import begin_keeper
from consentry.project.embedded.locks import is_held, locked, open_lock
from consentry.project.embedded.places import Places
from consentry.project.embedded.roles import APP, DATABASE, OWNER, Passwords
from consentry.project.embedded.server import runs, start
from consentry.project.embedded.socket_folder import PORT, recorded_folder

_one_at_a_time = threading.RLock()
_held: dict[Path, int] = {}  # the users' lock of each var/ folder that this process uses

# A process forked in the middle of a start would inherit locks that are not its own.
os.register_at_fork(
    before=_one_at_a_time.acquire,
    after_in_parent=_one_at_a_time.release,
    after_in_child=_one_at_a_time.release,
)


@dataclass(frozen=True)
class Cluster:
    """A running embedded server: the app's role for the program, the owner's for migrations and test databases."""

    var: Path
    app_url: str
    owner_url: str

    def release(self) -> None:
        """Say that this process no longer needs the server; the end of the process says it too."""
        with _one_at_a_time:
            lock = _held.pop(self.var, None)
            if lock is not None:
                os.close(lock)  # not LOCK_UN: a forked child that inherited it still counts


def ensure(var: Path) -> Cluster:
    """Start or join the embedded server of this var/ folder, and return when it answers.

    Safe from any number of threads and processes. A process that was forked after this counts as a user itself.
    Raises EmbeddedError, which says what is wrong and how to mend it.
    """
    with _one_at_a_time:
        try:
            return join(Places(prepared(var)))
        except OSError as error:
            raise EmbeddedError.from_os(error) from error


def prepared(var: Path) -> Path:
    """Make the var/ folder if it is missing (root lets others pass through it, for the server's account)."""
    var = var.resolve()
    if not var.exists():
        var.parent.mkdir(parents=True, exist_ok=True)
        var.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, exist_ok=True)
    return var


def join(places: Places) -> Cluster:
    """Count as a user, then see to it that server and keeper run."""
    lock = _held.get(places.var)
    new = lock is None
    if lock is None:
        lock = open_lock(places.users_lock)
        fcntl.flock(lock, fcntl.LOCK_SH)  # waits while the keeper ends the server
    try:
        joined = cluster(places, running(places))
    except BaseException:
        if new:
            os.close(lock)
        raise
    _held[places.var] = lock
    return joined


def running(places: Places) -> Path:
    """Return the folder of the server's socket, after starting server and keeper if they do not run."""
    account = choose_account(places.data)
    socket = recorded_folder(places, account)
    if socket is not None and is_held(places.keeper_lock) and runs(places, socket):
        return socket
    with locked(places.start_lock):
        begin_keeper(places)
        binaries = find_binaries(account)
        if not places.data.exists():
            initialise(places, account, binaries)
        check(places, account)
        return start(places, account, binaries)


def check(places: Places, account: Account) -> None:
    """Raise EmbeddedError if the data cannot be used: another major version, or a folder that is out of reach."""
    if not account.may_enter(places.data.resolve()):
        raise EmbeddedError(
            f"The account that runs PostgreSQL ({pwd.getpwuid(account.uid).pw_name}) owns {places.data}, but may not "
            "enter a folder above it. Allow that (chmod o+x), or move the var folder."
        )
    made_by = (places.data / "PG_VERSION").read_text().strip()
    if made_by != MAJOR:
        raise EmbeddedError(
            f"{places.data} was made by PostgreSQL {made_by}, and this Consentry brings PostgreSQL {MAJOR}. "
            f"Export with the Consentry that made it (pg_dump of version {made_by}), move {places.data} away, start "
            f"again and import; or run a PostgreSQL {made_by} on it yourself and set DATABASE_URL."
        )


def cluster(places: Places, socket: Path) -> Cluster:
    """Return how to reach the server at the socket."""
    try:
        passwords = Passwords(**json.loads(places.passwords.read_text()))
    except FileNotFoundError:
        raise EmbeddedError(
            f"{places.passwords} is missing, and with it the way into {places.data}. Restore it from a backup, or move "
            f"{places.data} away to begin with an empty database."
        ) from None

    def url(role: str, password: str) -> str:
        return f"postgresql://{role}:{password}@/{DATABASE}?host={quote(str(socket), safe='')}&port={PORT}"

    return Cluster(places.var, app_url=url(APP, passwords.app), owner_url=url(OWNER, passwords.owner))
