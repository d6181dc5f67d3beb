"""The folder of the server's socket: a short path (at most 107 bytes), private to the server's account."""

import os
import stat
import tempfile
from pathlib import Path

from consentry.project.embedded.account import Account
from consentry.project.embedded.errors import EmbeddedError
from consentry.project.embedded.places import Places

LONGEST = 107 - len("/.s.PGSQL.5432.lock")


def recorded_folder(places: Places, account: Account) -> Path | None:
    """Return the folder that var/ names, if it is a folder of the server's account that nobody else may enter."""
    try:
        folder = places.socket.readlink()
        found = folder.lstat()
    except OSError:
        return None
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return folder if private and found.st_uid == account.uid else None


def make_folder(places: Places, account: Account) -> Path:
    """Return the recorded folder, or make a new one and record it.

    A new name is random and made with mode 0700, so that nobody can have put something there before.
    """
    known = recorded_folder(places, account)
    if known is not None:
        return known
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # mkdtemp makes these safe
        if len(os.fsencode(parent)) + len("/consentry-12345678") <= LONGEST and account.may_enter(Path(parent)):
            break
    else:
        raise EmbeddedError("There is no temporary folder with a short path for the database's socket. Set TMPDIR.")
    folder = Path(tempfile.mkdtemp(prefix="consentry-", dir=parent))
    account.give(folder)
    new = places.socket.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.symlink_to(folder)
    new.replace(places.socket)
    return folder
