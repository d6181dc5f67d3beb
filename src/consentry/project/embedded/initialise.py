"""Make a new cluster: built beside its place and renamed into it, so that a killed attempt leaves nothing half made."""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path

from consentry.project.embedded.account import Account
from consentry.project.embedded.binaries import SHARED
from consentry.project.embedded.errors import EmbeddedError, room
from consentry.project.embedded.locks import locked, open_lock, try_lock
from consentry.project.embedded.places import Places
from consentry.project.embedded.roles import SUPERUSER, Passwords, statements

SETTINGS = {
    "shared_buffers": "256MB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_checkpoints": "off",
}
SIZE = 100 << 20  # bytes; a new cluster has 40 MB, and its write-ahead log grows
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for tests: a crash may lose all


def initialise(places: Places, account: Account, binaries: Path) -> None:
    """Make the cluster of a var/ folder, its roles and database. Raises EmbeddedError or OSError."""
    if places.data.is_symlink():
        raise EmbeddedError(
            f"{places.data} points to {places.data.readlink()}, which is gone. Bring it back from a backup, or "
            f"remove {places.data} to begin with an empty database."
        )
    passwords = Passwords(owner=secrets.token_urlsafe(32), app=secrets.token_urlsafe(32))
    home = places.var if account.may_enter(places.var) else elsewhere(places.var, account)
    if full := room(home, SIZE):
        raise EmbeddedError(full)
    new, data = home / "postgres.new", home / "postgres"
    if new.exists():  # an earlier attempt was killed; what it started may still be at work
        with locked(new):
            shutil.rmtree(new)
    new.mkdir(mode=0o700)
    account.give(new)
    try:
        fill(new, account, binaries, passwords)
        keep_passwords(places, passwords)
        new.rename(data)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    if home != places.var:
        places.data.symlink_to(data)
    sync(home)
    sync(places.var)


def fill(new: Path, account: Account, binaries: Path, passwords: Passwords) -> None:
    """Run initdb in the empty folder `new`, allow passwords over the socket only, and make roles and database."""
    fast = os.environ.get("CONSENTRY_EMBEDDED_FAST") == "1"
    settings = {**SETTINGS, **(FAST if fast else {})}
    command: list[str | Path] = [binaries / "initdb", "-D", new, "-U", SUPERUSER, "--auth=reject"]
    command += ["--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8", "--data-checksums"]
    command += [f"--set={name}={value}" for name, value in settings.items()]
    command += ["--no-sync"] if fast else []
    lock = open_lock(new)
    try:
        try_lock(lock)
        must(account.run(command, output=subprocess.PIPE, keep=[lock]), "initdb")
        (new / "pg_hba.conf").write_text("# Passwords only; TCP is off.\nlocal all all scram-sha-256\n")
        single: list[str | Path] = [binaries / "postgres", "--single", "-D", new, "-c", "exit_on_error=on"]
        single += ["-c", "log_min_error_statement=panic", "template1"]  # the statements hold the passwords
        sql = "".join(f"{statement};\n" for statement in statements(passwords))
        must(account.run(single, output=subprocess.PIPE, text=sql, keep=[lock]), "making the roles")
    finally:
        os.close(lock)


def must(done: "subprocess.CompletedProcess[bytes]", step: str) -> None:
    """Raise EmbeddedError with what the program said if it failed."""
    if done.returncode:
        said = done.stdout.decode(errors="replace").strip()
        raise EmbeddedError(f"The embedded database could not be made ({step} failed):\n{said}")


def elsewhere(var: Path, account: Account) -> Path:
    """Make a folder for the data of a var/ that the account may not enter (one below /root, say)."""
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:16]
    home = Path(tempfile.mkdtemp(prefix=f"{digest}-", dir=SHARED))
    account.give(home)
    return home


def keep_passwords(places: Places, passwords: Passwords) -> None:
    """Write the passwords where only we can read them."""
    new = places.passwords.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(passwords), file)
        file.flush()
        os.fsync(descriptor)
    new.replace(places.passwords)


def sync(folder: Path) -> None:
    """Make renames in the folder survive a crash of the machine."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
