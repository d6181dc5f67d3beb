"""The web workers: granian, WSGI."""

from typing import Any

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

BLOCKING_THREADS = 1
"""One a worker was the measured best: more hand the interpreter's lock to and fro (bench/README.md)."""

SECONDS_TO_DRAIN = 20


def web_server(host: str, port: int, *, workers: int) -> "AbstractServer[Any]":
    """A server that is ready to `serve()`. Workers that fail are started again; SIGTERM lets calls under way end."""
    return Server(
        "consentry.project.serving.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        backlog=2048,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=512 * 1024, pipeline_flush=False),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=SECONDS_TO_DRAIN,
        log_level=LogLevels.warning,
        websockets=False,
    )
