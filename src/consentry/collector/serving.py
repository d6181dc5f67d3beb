"""Running the collector: here until it is asked to end, or as a process of its own beside a test or the demo."""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import requests

from consentry.collector.card import card_file
from consentry.collector.faults import Fault
from consentry.collector.private_files import private_folder, write_private

AN_HOUR: Final = 3600
_SECONDS_TO_START: Final = 60
_SECONDS_TO_STOP: Final = 20


@dataclass(frozen=True, slots=True)
class Options:
    """How a collector is to be: where it listens (port 0: any that is free), and what it keeps where."""

    folder: str
    host: str = "127.0.0.1"
    port: int = 0
    token_seconds: int = AN_HOUR
    needs_subscription_key: bool = False
    fault: str = Fault.NONE.value
    workers: int = 1
    with_parent: bool = False


class NotStartedError(Exception):
    """The collector has not come up; what it said is in the message."""


@dataclass(frozen=True, slots=True)
class Running:
    """A collector as a process of its own; it ends with the block, with `stop`, or with whoever started it."""

    base_url: str
    token_url: str
    ca_file: str
    client_id: str
    client_secrets: tuple[str, str]
    control_key: str
    subscription_key: str | None
    log_file: Path
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """End it; requests under way have a second."""
        self.process.terminate()
        try:
            self.process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(
    folder: Path,
    port: int = 0,
    *,
    token_seconds: int = AN_HOUR,
    needs_subscription_key: bool = False,
    fault: Fault = Fault.NONE,
    workers: int = 1,
) -> Running:
    """Start a collector with this folder and wait until it answers. Raises NotStartedError."""
    options = Options(
        folder=str(private_folder(folder)),
        port=port,
        token_seconds=token_seconds,
        needs_subscription_key=needs_subscription_key,
        fault=fault.value,
        workers=workers,
        with_parent=True,
    )
    command = [sys.executable, "-m", "consentry.collector", json.dumps(asdict(options))]
    log_file = Path(options.folder) / "collector.log"
    write_private(log_file, b"")
    with log_file.open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, process_group=0)  # noqa: S603 - our own module
    try:
        card = _card_once_answering(process, Path(options.folder))
    except BaseException as error:
        process.kill()
        process.wait()
        raise NotStartedError(log_file.read_text()) from error
    card.update(client_secrets=tuple(card["client_secrets"]), log_file=log_file, process=process)
    del card["pid"]
    return Running(**card)


def _card_once_answering(process: "subprocess.Popen[bytes]", folder: Path) -> dict[str, Any]:
    """What the process wrote about itself. Raises TimeoutError, or ChildProcessError when it has ended."""
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ChildProcessError(process.returncode)
        card: dict[str, Any] = json.loads(card_file(folder).read_text()) if card_file(folder).exists() else {}
        if card.get("pid") == process.pid:
            answered = requests.get(f"{card['base_url']}/schema.json", verify=card["ca_file"], timeout=30)
            answered.raise_for_status()
            return card
        time.sleep(0.05)
    raise TimeoutError
