"""How often a race is repeated, and the threads that run it: 20 times, or as often as CONSENTRY_RACES says."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import TracebackType
from typing import Self, TypeVar

from django.db import connections

Answer = TypeVar("Answer")

TIMES = int(os.environ.get("CONSENTRY_RACES", "20"))
"""`make races` runs a thousand."""


class Racers:
    """Threads that begin at the same moment, race after race, each with a connection that it keeps to the end."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pool = ThreadPoolExecutor(most)

    def at_once(self, *acts: Callable[[], Answer]) -> list[Answer]:
        """What each of these returned, in their order."""
        start = Barrier(len(acts))

        def begin(act: Callable[[], Answer]) -> Answer:
            start.wait()
            return act()

        return list(self._pool.map(begin, acts))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.at_once(*[connections.close_all] * self._most)
        self._pool.shutdown()
