"""The tests' own PostgreSQL, with a role in it that may empty any table: no program ever has such a role."""

import os
import secrets
import subprocess
from pathlib import Path

from consentry.project.embedded.account import choose_account
from consentry.project.embedded.binaries import find_binaries
from consentry.project.embedded.cluster import prepared
from consentry.project.embedded.initialise import initialise
from consentry.project.embedded.locks import locked
from consentry.project.embedded.places import Places

EMPTIER = "tests_emptier"


def make_cluster_of_tests(var: Path) -> None:
    """Make it if it is not there. The role is made before the server first starts: no role there may make such a one.

    Where the tests are told of another PostgreSQL, or this one was made without the role, databases are copied instead.
    """
    if os.environ.get("DATABASE_URL"):
        return
    places = Places(prepared(var))
    with locked(places.start_lock):
        if places.data.exists():
            return
        account = choose_account(places.data)
        binaries = find_binaries(account)
        initialise(places, account, binaries)
        password = secrets.token_urlsafe(32)
        role = f"create role {EMPTIER} login superuser password '{password}';\n"
        alone: list[str | Path] = [binaries / "postgres", "--single", "-D", places.data.resolve()]
        alone += ["-c", "exit_on_error=on", "-c", "log_min_error_statement=panic", "template1"]
        with (places.data / "postgresql.conf").open("a") as settings:
            settings.write("autovacuum = off  # what it gathers would change an emptied database\n")
        done = account.run(alone, output=subprocess.PIPE, text=role)
        assert done.returncode == 0, done.stdout
        password_file(places.var).touch(mode=0o600)
        password_file(places.var).write_text(password)


def password_file(var: Path) -> Path:
    """Where the role's password is kept; not there where there is no such role."""
    return var.resolve() / f"{EMPTIER}.password"
