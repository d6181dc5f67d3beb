"""`python -m bench.peers.serve_wsgi MODULE:NAME PORT`: granian with the very settings of the product's own server."""

import sys

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from bench.servers import WORKERS
from consentry.project.serving.web import BLOCKING_THREADS, SECONDS_A_THREAD_WAITS

if __name__ == "__main__":
    Server(
        sys.argv[1],
        address="127.0.0.1",
        port=int(sys.argv[2]),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=BLOCKING_THREADS,
        blocking_threads_idle_timeout=SECONDS_A_THREAD_WAITS,
        backlog=2048,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=512 * 1024, pipeline_flush=False),
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
