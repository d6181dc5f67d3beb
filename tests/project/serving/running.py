"""A real `consentry serve` on a free port of the loopback address, for tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import quote

import psutil
import requests
from django.db import connections

SECONDS = 30


@dataclass
class Running:
    """The service under test."""

    process: "subprocess.Popen[bytes]"
    base_url: str

    def press_ctrl_c(self) -> None:
        """As a terminal does it: everybody in the process group is interrupted."""
        os.killpg(self.process.pid, signal.SIGINT)

    def workers(self) -> list[psutil.Process]:
        """The web workers: the parent's own children that are no job worker."""
        return [child for child, command in self._children() if "job_worker" not in command]

    def job_workers(self) -> list[psutil.Process]:
        """The job workers."""
        return [child for child, command in self._children() if "job_worker" in command]

    def _children(self) -> list[tuple[psutil.Process, str]]:
        """The children that live, each with its command line; one that ends meanwhile is none."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):
                if child.status() != psutil.STATUS_ZOMBIE:
                    found.append((child, " ".join(child.cmdline())))
        return found

    def is_healthy(self) -> bool:
        """Whether the service answers now."""
        try:
            return requests.get(f"{self.base_url}/health", timeout=5).ok
        except requests.RequestException:
            return False


def eventually(condition: Callable[[], object]) -> bool:
    """Whether the condition becomes true within a while."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url(alias: str = "default") -> str:
    """The address of the database that the test works in."""
    parts = connections[alias].settings_dict
    return "postgresql://{USER}:{PASSWORD}@/{NAME}?host={host}&port={PORT}".format(
        **parts, host=quote(str(parts["HOST"]), safe="")
    )


@contextmanager
def serving(*options: str, **environment: str) -> Iterator[Running]:
    """The service while the block runs."""
    port = free_port()
    given = {
        "DATABASE_URL": database_url(),
        "CONSENTRY_SECRET_KEY": "k" * 60,
        "CONSENTRY_FIELD_KEY": "f" * 60,
        "CONSENTRY_BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "consentry.project.settings",
    }
    start = "from consentry.project.command_line import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", start, "serve", "--port", str(port), *options],
        env=os.environ | given | environment,
        process_group=0,
    )
    running = Running(process, f"http://127.0.0.1:{port}")
    try:
        assert "jobs" in options or eventually(running.is_healthy)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)
