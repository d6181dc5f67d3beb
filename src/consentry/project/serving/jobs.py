"""The job worker as a process of its own, and keeping it alive beside the web workers."""

import os
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

_PAUSE = 1.0
_SECONDS_TO_STOP = 15


def job_worker_command() -> list[str]:
    """How a job worker is started."""
    return [sys.executable, "-m", "consentry.project.serving.job_worker"]


class JobWorkerBeside:
    """Runs one job worker while the block runs, and starts it again when it fails."""

    def __enter__(self) -> Self:
        self._wanted = True
        self._process = self._start()
        self._keeper = threading.Thread(target=self._keep, name="job worker keeper", daemon=True)
        self._keeper.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wanted = False
        self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        """In a process group of its own: a Ctrl-C is the parent's to hear, which then ends the worker."""
        return subprocess.Popen(job_worker_command(), env=os.environ, process_group=0)  # noqa: S603 - our own module

    def _keep(self) -> None:
        while self._wanted:
            self._process.wait()
            time.sleep(_PAUSE)
            if self._wanted:
                self._process = self._start()
