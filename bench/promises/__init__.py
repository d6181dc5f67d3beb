"""Promises that are no ratios: memory, revocation under load, and answering while an import runs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.databases import Database, throwaway_copy
from bench.promises.memory import check_memory
from bench.report import Check
from bench.servers import DURABLE, running


def check_promises(one: Database, logs: Path, *, quick: bool) -> list[Check]:
    """Measure each and say whether it is kept."""
    with running([(DURABLE, one)], logs) as (server,):
        checks = check_memory(server, calls=2_000 if quick else 10_000)
    with throwaway_copy(one, "bench_promises") as copy, running([(DURABLE, copy)], logs) as (server,):
        told = _in_django(copy, "bench.promises.revocation", server.address, "20" if quick else "100")
        found = "{late} of {refused:,} refused and {served:,} served calls over {times} revocations".format(**told)
        checks.append(
            Check(
                "no call served that began after a revocation's commit (2 workers, 32 clients)",
                found,
                told["late"] == 0 and told["refused"] > 0 and told["served"] > 0,
            )
        )
        told = _in_django(copy, "bench.promises.during_import", server.address, "100000" if quick else "570000")
        for what in ("revocation", "read"):
            times = told[what]
            slowest = max(times)
            found = f"{slowest:.0f} ms the slowest of {len(times)}, {sorted(times)[len(times) // 2]:.0f} ms the middle"
            promise = f"a {what} in under 100 ms while {told['marks']:,} marks are imported ({told['seconds']:.0f} s)"
            checks.append(Check(promise, found, slowest < 100))
    with throwaway_copy(one, "bench_returns") as copy:
        checks += _check_returns(_in_django(copy, "bench.promises.returns", "100" if quick else "1000"))
    return checks


def _check_returns(told: dict[str, Any]) -> list[Check]:
    rate = told["schools"] / told["seconds"]
    return [
        Check(
            f"a return of 1,500 pupils and 8 days counted in under 50 ms beside {told['marks']:,} marks",
            f"{told['count_ms']:.0f} ms the middle of twenty",
            told["count_ms"] < 50,
        ),
        Check(
            f"{told['schools']:,} schools' returns made and sent over HTTPS at 20 schools a second or more",
            f"{rate:.0f} a second, {told['received']:,} received",
            rate >= 20 and told["received"] == told["schools"],
        ),
    ]


def _in_django(database: Database, module: str, *arguments: str) -> dict[str, Any]:
    """Run a module of the bench as a process of its own with the program's settings; the JSON of its last line."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, env={**os.environ, **database.environment}, check=True, stdout=subprocess.PIPE, text=True
    )
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
