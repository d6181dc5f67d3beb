"""One load on one server by wrk: requests per second, latencies, and the processor time that it took."""

import json
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import cpu
from bench.cells import Cell
from bench.servers import Server

_SCRIPT = Path(__file__).parent / "load.lua"
_FEWEST = 10
_LONGEST = 32.0


@dataclass(frozen=True)
class Measured:
    """What one load showed. `cpu`: processor seconds of server and PostgreSQL for 1,000 requests; latencies in ms."""

    rate: float
    cpu: float
    p50: float
    p99: float
    failed: int


def require_wrk() -> str:
    """Where wrk is. Ends with what to do when it is not there."""
    found = shutil.which("wrk")
    if found is None:
        raise SystemExit("The bench needs the load generator wrk: on Debian and Ubuntu, apt-get install -y wrk")
    return found


def load(server: Server, cell: Cell, paths: list[str], clients: int, duration: float) -> Measured:
    """Ask for the cell from this many connections at once for some seconds (wrk counts whole ones).

    A load in which too few calls ended to say anything is done again for twice as long, and again.
    """
    measured, requests = _load_once(server, cell, paths, clients, duration)
    while requests < _FEWEST and duration < _LONGEST:
        duration *= 2
        measured, requests = _load_once(server, cell, paths, clients, duration)
    return measured


def _load_once(server: Server, cell: Cell, paths: list[str], clients: int, duration: float) -> tuple[Measured, int]:
    postgres = cpu.postmaster(server.database.var)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        command = [require_wrk(), "-t1", f"-c{clients}", f"-d{max(1, round(duration))}s", "--timeout", "20s"]
        command += ["-s", str(_SCRIPT), server.address, "--", file.name, server.database.world["token"]]
        cpu.settle(server.process, postgres)
        before, began = cpu.seconds(server.process) + cpu.seconds(postgres), time.monotonic()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        took = time.monotonic() - began
        cpu.settle(server.process, postgres)
        spent = cpu.seconds(server.process) + cpu.seconds(postgres) - before
    told = json.loads(done.stdout.strip().splitlines()[-1])
    requests = int(told["requests"])
    seconds = told["us"] / 1e6 if requests else took  # wrk's own clock is not set when nothing came back
    each = max(1, requests) / cell.calls_each
    rate = each / seconds  # of no answer at all: the most that it can have been
    return Measured(rate, spent / each * 1000, told["p50"] / 1000, told["p99"] / 1000, told["failed"]), requests
