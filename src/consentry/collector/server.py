"""The server in front of the application: gunicorn with threads, over TLS 1.2 or newer."""

import os
import signal
import ssl
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from gunicorn.app.base import BaseApplication

from consentry.collector.application import Logged, collector_application
from consentry.collector.card import Credentials, credentials_for, write_card
from consentry.collector.certificate import Certificate
from consentry.collector.database import Database
from consentry.collector.faults import Fault, Switched, switch
from consentry.collector.private_files import private_folder
from consentry.collector.serving import Options

_THREADS: Final = 16
"""Some may wait because a fault makes them slow; the others go on."""

_SECONDS_TO_END: Final = 1
"""For requests under way. A submission takes some milliseconds; one that a fault makes slow is cut off."""

_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - whoever starts it said so
_LOOK_FOR_PARENT_EVERY: Final = 1.0


def serve(options: Options) -> None:
    """Serve until SIGTERM, Ctrl-C or, where asked, until the parent is gone."""
    os.umask(0o077)
    folder = private_folder(Path(options.folder))
    credentials = credentials_for(folder, needs_subscription_key=options.needs_subscription_key)
    certificate = Certificate(folder)
    certificate.ensure(_named(options.host))
    database = Database(folder / "collector.sqlite3")
    database.make()
    switch(database, Switched(Fault(options.fault)))
    _Server(options, folder, credentials, certificate).run()


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, told all by us: it reads neither its own file of settings nor the environment's."""

    def __init__(self, options: Options, folder: Path, credentials: Credentials, certificate: Certificate) -> None:
        self.options = options
        self.folder = folder
        self.credentials = credentials
        self.certificate = certificate
        super().__init__()

    def load_config(self) -> None:
        """Say how to serve."""
        host = f"[{self.options.host}]" if ":" in self.options.host else self.options.host
        settings = {
            "bind": f"{host}:{self.options.port}",
            "workers": self.options.workers,
            "worker_class": "gthread",
            "threads": _THREADS,
            "keepalive": 60,
            "graceful_timeout": _SECONDS_TO_END,
            "loglevel": "warning",
            "control_socket_disable": True,
            "certfile": str(self.certificate.chain),
            "keyfile": str(self.certificate.key),
            "ssl_context": cache(_tls),
            "when_ready": self._ready,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Logged:
        """The application, once for each worker."""
        database = Database(self.folder / "collector.sqlite3")
        return Logged(collector_application(database, self.credentials, token_seconds=self.options.token_seconds))

    def _ready(self, arbiter: Any) -> None:
        """The port is taken: say where we are."""
        port = arbiter.LISTENERS[0].sock.getsockname()[1]
        host = _named(self.options.host)
        base_url = f"https://{f'[{host}]' if ':' in host else host}:{port}"
        write_card(self.folder, base_url, self.certificate.authority, self.credentials, process=os.getpid())
        sys.stdout.write(f"The collector listens at {base_url}; {self.folder}/collector.json says how to talk to it.\n")
        sys.stdout.flush()
        if self.options.with_parent:
            _end_with_parent()


def _named(host: str) -> str:
    """The name by which somebody here reaches it."""
    return "localhost" if host in _EVERYWHERE else host


def _tls(_settings: Any, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """TLS as gunicorn has it, nothing older than 1.2."""
    context = default()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _end_with_parent() -> None:
    """From now on look for the parent by a timer, which forked workers do not get: gunicorn's end with theirs."""
    parent = os.getppid()

    def look(_number: int, _frame: object) -> None:
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGINT)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK_FOR_PARENT_EVERY, _LOOK_FOR_PARENT_EVERY)
