"""An embedded database under test: its folder, the processes that use it, and what there is to see of it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from psycopg import Connection, connect

from consentry.project.embedded import Cluster, ensure
from consentry.project.embedded.locks import is_held

SOURCE = Path(__file__).parents[3] / "src"
USE = """
import json, sys
from pathlib import Path
from consentry.project.embedded import EmbeddedError, ensure
try:
    cluster = ensure(Path(sys.argv[1]))
except EmbeddedError as error:
    print(json.dumps({"error": str(error)}), flush=True)
else:
    print(json.dumps({"app": cluster.app_url, "owner": cluster.owner_url}), flush=True)
sys.stdin.read()
"""


def until(what: Callable[[], bool]) -> None:
    """Wait until something becomes true, and fail if it does not."""
    deadline = time.monotonic() + 30
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def interpreter(uid: int | None) -> str:
    """Return a Python like ours that the account may run (ours may lie below root's own folder)."""
    if uid is None:
        return sys.executable
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        command = f'test -x "{python}"'
        if not subprocess.run(["/bin/sh", "-c", command], check=False, user=uid, group=uid, extra_groups=[]).returncode:
            return python
    return pytest.skip("the other account may run no Python like ours")


class User:
    """Another process that uses the database until it leaves or is killed."""

    def __init__(self, var: Path, uid: int | None = None, paths: Sequence[Path] = ()) -> None:
        packages = [path for path in sys.path if path.endswith("site-packages")]
        self.process = subprocess.Popen(
            [interpreter(uid), "-c", USE, str(var)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            user=uid,
            group=uid,
            extra_groups=None if uid is None else [],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(str(path) for path in (*paths, SOURCE, *packages))},
        )

    def answer(self) -> dict[str, str]:
        """Wait for what ensure() gave it: the addresses, or the error."""
        assert self.process.stdout is not None
        said: dict[str, str] = json.loads(self.process.stdout.readline())
        return said

    def leave(self) -> None:
        """End as any process ends."""
        self.process.communicate()

    def kill(self) -> None:
        """End by kill -9."""
        self.process.kill()
        self.process.communicate()


class Database:
    """A var/ folder, its database, and the other processes that use it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.users: list[User] = []

    def ensure(self) -> Cluster:
        """Use it from this process."""
        return ensure(self.var)

    def user(self, uid: int | None = None, paths: Sequence[Path] = ()) -> User:
        """Use it from another process."""
        self.users.append(User(self.var, uid, paths))
        return self.users[-1]

    def postmaster(self) -> int:
        """Return the process id of the server."""
        return int((self.var / "postgres/postmaster.pid").read_text().split()[0])

    def keeper(self) -> int:
        """Return the process id of the keeper."""
        until(lambda: (self.var / "postgres.keeper.lock").stat().st_size > 0)
        return int((self.var / "postgres.keeper.lock").read_text())

    def kill_keeper(self) -> None:
        """End the keeper by kill -9."""
        os.kill(self.keeper(), signal.SIGKILL)
        until(lambda: not is_held(self.var / "postgres.keeper.lock"))

    def kill_server(self) -> None:
        """End the server by kill -9; its other processes notice and end too."""
        os.kill(self.postmaster(), signal.SIGKILL)
        until(lambda: not is_held(self.var / "postgres"))

    def runs(self) -> bool:
        """Whether any process of the server or its keeper lives."""
        return is_held(self.var / "postgres") or is_held(self.var / "postgres.keeper.lock")

    def has_ended(self) -> None:
        """Wait until nothing of it runs any more."""
        until(lambda: not self.runs())

    def log(self) -> str:
        """Return what the server has said so far."""
        return (self.var / "postgres.log").read_text()

    def as_app(self) -> "Connection[tuple[object, ...]]":
        """Connect as the program does; every statement commits."""
        return connect(self.ensure().app_url, autocommit=True)

    def as_owner(self) -> "Connection[tuple[object, ...]]":
        """Connect as migrations do; every statement commits."""
        return connect(self.ensure().owner_url, autocommit=True)
