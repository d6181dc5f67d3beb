"""One load on one server by wrk: requests per second, latencies, and the processor time that it took."""

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import cpu
from bench.cells import Cell
from bench.servers import Server

_SCRIPT = Path(__file__).parent / "load.lua"


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
    """Ask for the cell from this many connections at once for some seconds (wrk counts whole ones)."""
    postgres = cpu.postmaster(server.database.var)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        command = [
            require_wrk(),
            "-t1",
            f"-c{clients}",
            f"-d{max(1, round(duration))}s",
            "--timeout",
            "20s",
            "-s",
            str(_SCRIPT),
        ]
        cpu.settle(server.process, postgres)
        before = cpu.seconds(server.process) + cpu.seconds(postgres)
        done = subprocess.run(
            [*command, server.address, "--", file.name, server.database.world["token"]],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        cpu.settle(server.process, postgres)
        spent = cpu.seconds(server.process) + cpu.seconds(postgres) - before
    told = json.loads(done.stdout.strip().splitlines()[-1])
    rate = told["requests"] / (told["us"] / 1e6) / cell.calls_each
    each = max(1, told["requests"] / cell.calls_each)
    return Measured(rate, spent / each * 1000, told["p50"] / 1000, told["p99"] / 1000, told["failed"])
