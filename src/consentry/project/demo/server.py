"""The demo's server: a real `consentry serve` beside the demo."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import requests

from consentry.project.config import ConfigurationError

_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 30


def check_free(port: int) -> None:
    """Raise ConfigurationError when somebody listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ConfigurationError(f"Port {port} is taken: choose another, as in `make demo PORT=8010`.") from None


@contextmanager
def serving(port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A server on this port of the loopback address while the block runs; it ends with us when we are asked to end."""
    command = [
        sys.executable,
        "-c",
        "from consentry.project.command_line import main; main()",
        "serve",
        "--port",
        str(port),
    ]
    with started(command, f"http://127.0.0.1:{port}/health") as process:
        yield process


@contextmanager
def started(
    command: Sequence[str], answering: str, *, stdout: int | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A server that runs while the block does, once it answers at this address; it ends when we are asked to end."""
    before = signal.signal(signal.SIGTERM, _end)
    process = subprocess.Popen(command, env=os.environ, stdout=stdout, stderr=stdout)  # noqa: S603 - our own choice
    try:
        _wait_until_answering(process, answering)
        yield process
    finally:
        signal.signal(signal.SIGTERM, before)
        process.terminate()
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()


def _end(number: int, _frame: FrameType | None) -> None:
    """Leave by the way of every exception, so that the server is ended too."""
    raise SystemExit(128 + number)


def _wait_until_answering(process: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ConfigurationError(f"The server ended with {process.returncode}.")
        try:
            if requests.get(address, timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise ConfigurationError("The server did not answer within a minute.")
