"""The web workers: granian, WSGI."""

import os
import signal
from typing import Any

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

BLOCKING_THREADS = 4
"""A call waits for its record to be on disk: where the disk is slow, 4 a worker answer more than 1, elsewhere no
fewer (bench/README.md). Each holds a connection of its own."""

SECONDS_A_THREAD_WAITS = 600
"""How long a thread without work is kept, with its connection and what is prepared on it: granian's longest."""

SECONDS_TO_DRAIN = 20


def web_server(host: str, port: int, *, workers: int) -> "AbstractServer[Any]":
    """A server that is ready to `serve()`. Workers that fail are started again; SIGTERM lets calls under way end."""
    os.register_at_fork(after_in_child=_leave_the_end_to_the_parent)
    return Server(
        "consentry.project.serving.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        blocking_threads_idle_timeout=SECONDS_A_THREAD_WAITS,
        backlog=2048,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=512 * 1024, pipeline_flush=False),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=SECONDS_TO_DRAIN,
        log_level=LogLevels.warning,
        websockets=False,
    )


def _leave_the_end_to_the_parent() -> None:
    """In a worker that has just been forked: hear the parent alone, and hear it from the first moment.

    Ctrl-C reaches a whole process group. A worker of granian that hears it and then its parent's SIGTERM may hang until
    it is killed, and would cut calls off; so SIGINT is blocked, in the threads to come as well. Until granian has put
    its own handler in place the parent's would swallow a SIGTERM.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
