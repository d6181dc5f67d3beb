"""A process that ends when the one that started it is gone, so that a kill leaves nothing behind."""

import os
import signal
import threading
import time

_LOOK_EVERY = 1.0


def end_with_parent() -> None:
    """Watch the parent from a thread of its own; when it is gone, end this process as if it had been asked to."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_LOOK_EVERY * 10)
        os._exit(1)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()
