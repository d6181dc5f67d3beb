"""The servers that are measured: started together, two workers each, on ports of the loopback address."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from bench.databases import Database

WORKERS = 2
_SECONDS_TO_START = 60
_OURS = ["-c", "from consentry.project.command_line import main; main()", "serve", "--only", "web", "--port"]


@dataclass(frozen=True)
class Kind:
    """A way to serve. `command` follows the interpreter and ends before the port."""

    name: str
    what: str
    command: tuple[str, ...]
    pages: str
    durable: bool = True


DURABLE = Kind("durable", "Consentry, every record on disk before the answer", tuple(_OURS), "link")
FAST = Kind("async", "Consentry, CONSENTRY_DURABLE_EVENTS=no", tuple(_OURS), "link", durable=False)
BARE = Kind("bare", "(a) bare pass-through", ("-m", "bench.peers.serve_wsgi", "bench.peers.bare:application"), "after")
DRF = Kind(
    "drf", "(b) Django REST Framework", ("-m", "bench.peers.serve_wsgi", "bench.peers.drf.wsgi:application"), "next"
)
LEAN = Kind(
    "drf-lean",
    "(b) without middleware and counts",
    ("-m", "bench.peers.serve_wsgi", "bench.peers.drf.wsgi_lean:application"),
    "next",
)
_UVICORN = (
    "--workers",
    str(WORKERS),
    "--no-access-log",
    "--log-level",
    "warning",
    "--loop",
    "uvloop",
    "--http",
    "httptools",
)
FASTAPI = Kind(
    "fastapi", "(c) FastAPI", ("-m", "uvicorn", "bench.peers.fastapi_service:app", *_UVICORN, "--port"), "after"
)


@dataclass(frozen=True)
class Server:
    """One that runs: `name` is its kind's, with `@many` when 200 schools are in its database."""

    name: str
    kind: Kind
    database: Database
    port: int
    process: int

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running(wanted: list[tuple[Kind, Database]], logs: Path) -> Iterator[list[Server]]:
    """All of them, up and answering, for as long as the block runs."""
    with ExitStack() as stack:
        yield [stack.enter_context(_running(kind, database, logs)) for kind, database in wanted]


@contextmanager
def _running(kind: Kind, database: Database, logs: Path) -> Iterator[Server]:
    name = kind.name if database.name == "one" else f"{kind.name}@{database.name}"
    port = _free_port()
    environment = {**database.environment, "CONSENTRY_DURABLE_EVENTS": "yes" if kind.durable else "no"}
    environment |= {"CONSENTRY_WORKERS": str(WORKERS), "CONSENTRY_BASE_URL": f"http://127.0.0.1:{port}"}
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / f"{name}.log").open("wb") as log:
        command = [sys.executable, *kind.command, str(port)]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(process, port, logs / f"{name}.log")
        yield Server(name, kind, database, port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"a server ended as it started:\n{log.read_text()[-2000:]}")
        try:
            requests.get(f"http://127.0.0.1:{port}/bench/rest-v2/students", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"a server did not answer:\n{log.read_text()[-2000:]}")
