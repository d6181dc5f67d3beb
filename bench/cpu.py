"""Processor time and memory of processes, as /proc tells it."""

import os
import time
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_TICK_SECONDS = 1.5 / _TICK
_LONGEST_REST = 20


def family(parent: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                ppid = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(ppid, []).append(int(entry.name))
    found = [parent]
    for process in found:
        found += children.get(process, [])
    return found


def seconds(parent: int) -> float:
    """Processor seconds, user and system, of a process, its descendants, and those of them that are gone."""
    ticks = 0
    for process in family(parent):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / _TICK


def proportional_mib(parent: int) -> float:
    """Memory of a process and its descendants; pages that are shared count in shares (PSS)."""
    total = 0
    for process in family(parent):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def settle(*parents: int) -> None:
    """Wait until these processes rest: a server still answers calls that the load before it has given up."""
    until, before = time.monotonic() + _LONGEST_REST, -1.0
    while time.monotonic() < until and (now := sum(map(seconds, parents))) - before > _TICK_SECONDS:
        before = now
        time.sleep(0.1)


def postmaster(var: Path) -> int:
    """The process id of the embedded PostgreSQL of this folder."""
    return int((var / "postgres" / "postmaster.pid").read_text().splitlines()[0])
