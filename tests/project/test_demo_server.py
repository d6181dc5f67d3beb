"""The demo's server does not outlive the demo."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from tests.project.serving.running import SECONDS, database_url, eventually, free_port

_DEMO = """
import sys
from consentry.project.demo.server import serving

with serving(int(sys.argv[1])) as server:
    print(server.pid, flush=True)
    server.wait()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_with_a_demo_that_is_asked_to_end(database: str, number: signal.Signals) -> None:
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "CONSENTRY_SECRET_KEY": "k" * 60,
        "CONSENTRY_FIELD_KEY": "f" * 60,
        "CONSENTRY_BASE_URL": f"http://127.0.0.1:{port}",
        "CONSENTRY_WORKERS": "1",
        "DJANGO_SETTINGS_MODULE": "consentry.project.settings",
    }
    demo = subprocess.Popen(
        [sys.executable, "-c", _DEMO, str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert demo.stdout is not None
    server = psutil.Process(int(demo.stdout.readline()))
    left = [server, *server.children(recursive=True)]
    try:
        demo.send_signal(number)
        demo.wait(2 * SECONDS)  # it waits itself for the server, before it kills it

        assert demo.returncode not in {0, None}
        assert eventually(lambda: not any(each.is_running() for each in left))
    finally:
        demo.kill()
        demo.wait()
        demo.stdout.close()
        for each in left:
            if each.is_running():
                each.kill()
