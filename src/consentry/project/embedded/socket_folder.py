"""The folder of the server's socket: a short path (at most 107 bytes), private to the server's account."""

import os
import stat
import tempfile
from pathlib import Path

from consentry.project.embedded.account import Account
from consentry.project.embedded.errors import EmbeddedError
from consentry.project.embedded.places import Places

PORT = 5432  # no TCP port: it names the socket
NAMES = (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock")
PREFIX = "consentry-"
LONGEST = 107 - len("/12345678/") - len(PREFIX) - len(NAMES[1])


def recorded_folder(places: Places, account: Account) -> Path | None:
    """Return the folder that var/ names, if it is one of ours: of the server's account, closed to everybody else."""
    try:
        folder = places.socket.readlink()
        found = folder.lstat()
    except OSError:
        return None
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    ours = found.st_uid == account.uid and folder.name.startswith(PREFIX)
    return folder if private and ours else None


def make_folder(places: Places, account: Account) -> Path:
    """Make a new folder and record it in var/.

    Its name is random and it is made with mode 0700, so that nobody can have put something there before.
    """
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108  # mkdtemp is safe in them
        if len(os.fsencode(parent)) <= LONGEST and account.may_enter(Path(parent)):
            break
    else:
        raise EmbeddedError("There is no temporary folder with a short path for the database's socket. Set TMPDIR.")
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    account.give(folder)
    new = places.socket.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.symlink_to(folder)
    new.replace(places.socket)
    return folder


def clear_folder(folder: Path) -> None:
    """Remove the socket that a killed server left: its process id may seem alive, as that of another or a zombie."""
    for name in NAMES:
        (folder / name).unlink(missing_ok=True)
